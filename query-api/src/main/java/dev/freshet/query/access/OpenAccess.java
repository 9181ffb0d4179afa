package dev.freshet.query.access;

import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import dev.freshet.query.problem.Violation;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * No authentication: whoever reaches the port may do everything, and names the tenant in a header. Only for the loopback
 * interface, where that is whoever may log in to the machine.
 */
public final class OpenAccess implements CallerResolver {
    public static final String TENANT_HEADER = "Freshet-Tenant";

    private static final String DEFAULT_TENANT = "default";
    private static final int LONGEST_TENANT = 128;
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private OpenAccess() {}

    /**
     * Open access on this address.
     *
     * @param publishedOnLoopback whether the operator vouches that the address is a container's own, reached through a
     *     port that its host publishes on the loopback interface only
     * @throws IllegalArgumentException when others than this machine could reach the address
     */
    public static OpenAccess on(String host, boolean publishedOnLoopback) {
        if (!publishedOnLoopback && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "without authentication the query API listens on the loopback interface only; use --host 127.0.0.1 instead of "
                            + host
                            + ", or --published-on-loopback in a container whose port is published on 127.0.0.1");
        }
        return new OpenAccess();
    }

    @Override
    public Caller resolve(Context ctx) {
        refuseForeignNames(ctx.host());
        String tenant = ctx.header(TENANT_HEADER);
        return new Caller(tenant == null ? DEFAULT_TENANT : checked(tenant), List.of());
    }

    /** A web page of another site can point its own name at this machine; then the browser sends that name. */
    private static void refuseForeignNames(@Nullable String host) {
        String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
        if (!OWN_NAMES.contains(name)) {
            throw new ProblemException(Problem.forbidden("Without authentication, call Freshet as localhost."));
        }
    }

    private static String checked(String tenant) {
        // Header values have no agreed encoding beyond these characters.
        boolean fits = !tenant.isEmpty()
                && tenant.length() <= LONGEST_TENANT
                && tenant.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '/');
        if (!fits) {
            throw new ProblemException(Problem.invalid(List.of(new Violation(
                    "",
                    "The header %s must have 1 to %d printable ASCII characters, without spaces and '/'."
                            .formatted(TENANT_HEADER, LONGEST_TENANT)))));
        }
        return tenant;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
