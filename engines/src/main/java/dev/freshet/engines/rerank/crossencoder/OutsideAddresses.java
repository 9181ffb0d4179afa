package dev.freshet.engines.rerank.crossencoder;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Dns;

/** Resolves names, but not to addresses inside of the network; the client connects to the very addresses that it is given here. */
final class OutsideAddresses implements Dns {
    /** What the client takes for an address, and does not resolve. */
    private static final Pattern ADDRESS = Pattern.compile(".*:.*|[0-9.]+");

    private final Dns names;
    private final Set<String> inside;

    /** @param inside hosts that may have any address */
    OutsideAddresses(Dns names, Set<String> inside) {
        this.names = names;
        this.inside = inside;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = names.lookup(host);
        for (InetAddress address : addresses) {
            check(host, address, inside);
        }
        return addresses;
    }

    /** Checks a host that is given as an address; names are checked when they are resolved. */
    static void check(String host, Set<String> inside) throws UnknownHostException {
        if (ADDRESS.matcher(host).matches()) {
            check(host, InetAddress.getByName(host), inside);
        }
    }

    private static void check(String host, InetAddress address, Set<String> inside) throws UnknownHostException {
        if (!inside.contains(host) && isInside(address)) {
            throw new UnknownHostException(
                    "the host %s is inside of the network, and --reranker-inside-host does not name it"
                            .formatted(host));
        }
    }

    private static boolean isInside(InetAddress address) {
        boolean unique = address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
        return unique
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress();
    }
}
