package dev.freshet.ingest.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URI that has one meaning only. What could mean something else to the next reader of it is refused, not repaired: user
 * names, fragments, {@code ..} in any spelling, encoded slashes, encodings of encodings, empty path segments.
 *
 * @param scheme {@code file}, {@code http}, {@code https} or {@code s3}
 * @param host of {@code http} and {@code https} in lower case; the bucket of {@code s3}; empty for {@code file}
 * @param port 0 where there is none
 * @param path decoded, from the root
 * @param text the URI as it was written; its query may hold a secret
 */
record ContentUri(String scheme, String host, int port, String path, String text) {
    private static final int LONGEST = 4096;
    private static final List<String> SCHEMES = List.of("file", "http", "https", "s3");
    private static final Pattern ENCODED_SEPARATOR = Pattern.compile("(?i)%(2f|5c)");
    private static final Pattern ENCODED_TWICE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]+");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Reads a reference, or the beginning of some. */
    static ContentUri parse(String text) throws ForbiddenReferenceException {
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        require(SCHEMES.contains(scheme), "the URI must begin with file:, http:, https: or s3:");
        require(!uri.isOpaque() && uri.getRawPath() != null, "the URI has no path from a root");
        require(uri.getRawFragment() == null, "the URI must have no fragment");
        boolean web = scheme.startsWith("http");
        require(web || uri.getRawQuery() == null, "a %s: URI must have no query".formatted(scheme));
        String path = path(uri);
        return switch (scheme) {
            case "file" -> {
                require(uri.getRawAuthority() == null, "a file: URI must name no host");
                yield new ContentUri(scheme, "", 0, path, text);
            }
            case "s3" -> {
                String bucket = String.valueOf(uri.getRawAuthority());
                require(uri.getRawAuthority() != null && BUCKET.matcher(bucket).matches(), "the URI names no bucket");
                yield new ContentUri(scheme, bucket, 0, path, text);
            }
            default -> {
                require(uri.getRawUserInfo() == null, "the URI must hold no user name");
                require(uri.getHost() != null, "the URI names no host");
                int standard = scheme.equals("http") ? HTTP : HTTPS;
                yield new ContentUri(
                        scheme,
                        uri.getHost().toLowerCase(Locale.ROOT),
                        uri.getPort() < 0 ? standard : uri.getPort(),
                        path,
                        text);
            }
        };
    }

    private static URI uri(String text) throws ForbiddenReferenceException {
        require(text.length() <= LONGEST, "the URI must have at most %d characters".formatted(LONGEST));
        // java.net.URI lets some of them pass, encoded or not.
        require(
                text.chars().allMatch(c -> c > ' ' && c < 0x7F),
                "the URI must be ASCII without spaces; encode the rest");
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new ForbiddenReferenceException("the reference is not a URI");
        }
    }

    private static String path(URI uri) throws ForbiddenReferenceException {
        String raw = uri.getRawPath();
        require(!ENCODED_SEPARATOR.matcher(raw).find(), "the path of the URI must not encode / or \\");
        String path = raw.isEmpty() ? "/" : uri.getPath();
        require(path.startsWith("/"), "the path of the URI must begin with /");
        require(!ENCODED_TWICE.matcher(path).find(), "the path of the URI must not be encoded twice");
        require(path.chars().noneMatch(Character::isISOControl), "the path of the URI must have no control characters");
        require(path.indexOf('\uFFFD') < 0, "the path of the URI must be encoded UTF-8");
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            // Some servers take what follows a semicolon for parameters, and the rest for the name.
            String name = segments[i].split(";", 2)[0];
            require(!name.equals(".") && !name.equals(".."), "the path of the URI must not contain . or ..");
            require(!segments[i].isEmpty() || i == segments.length - 1, "the path of the URI must not contain //");
        }
        return path;
    }

    private static void require(boolean right, String otherwise) throws ForbiddenReferenceException {
        if (!right) {
            throw new ForbiddenReferenceException(otherwise);
        }
    }

    /** Whether this, as the beginning of URIs, is one of the other's; it ends where a path segment does. */
    boolean isPrefixOf(ContentUri other) {
        String folder = path.endsWith("/") ? path : path + "/";
        return scheme.equals(other.scheme)
                && host.equals(other.host)
                && port == other.port
                && (other.path.equals(path) || other.path.startsWith(folder));
    }

    /** The URI for people: without its query. */
    String shown() {
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    /** Not the text: its query may hold a secret. */
    @Override
    public String toString() {
        return shown();
    }
}
