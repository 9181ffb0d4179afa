package dev.freshet.ingest.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import okhttp3.Dns;

/**
 * Resolves names to public addresses only. The client connects to the very addresses that it is given here, so a name that
 * resolves differently a moment later changes nothing.
 */
final class PublicAddresses implements Dns {
    private final Dns names;
    private final Set<String> exempt;

    /** @param exempt hosts that may have any address */
    PublicAddresses(Dns names, Set<String> exempt) {
        this.names = names;
        this.exempt = exempt;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = names.lookup(host);
        if (!exempt.contains(host) && !addresses.stream().allMatch(PublicAddresses::isPublic)) {
            throw new ForbiddenAddressException(
                    "host %s has an address that is not public; --content-allow would have to name the address itself"
                            .formatted(host));
        }
        return addresses;
    }

    /** Whether the address belongs to the public internet (RFC 6890). */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] address) {
        int first = Byte.toUnsignedInt(address[0]);
        int second = Byte.toUnsignedInt(address[1]);
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && !(second == 0 && address[2] == 0);
            case 198 -> second != 18 && second != 19;
            default -> first < 224;
        };
    }

    /** Of the public range, addresses that carry one of IPv4 are as public as that one. */
    private static boolean isPublic6(byte[] address) {
        if (startsWith(address, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
            return isPublic4(Arrays.copyOfRange(address, 12, 16));
        }
        if (startsWith(address, 0x20, 0x02)) {
            return isPublic4(Arrays.copyOfRange(address, 2, 6));
        }
        boolean teredo = startsWith(address, 0x20, 0x01, 0, 0);
        return (address[0] & 0xE0) == 0x20 && !teredo;
    }

    private static boolean startsWith(byte[] address, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (Byte.toUnsignedInt(address[i]) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
