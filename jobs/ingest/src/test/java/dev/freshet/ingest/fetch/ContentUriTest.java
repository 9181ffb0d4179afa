package dev.freshet.ingest.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentUriTest {
    @ParameterizedTest
    @CsvSource({
        "file:/data/,file:/data/a.md",
        "file:/data,file:/data/a.md",
        "file:///data/,file:/data/a.md",
        "file:/data/a.md,file:///data/a.md",
        "file:/,file:/anything",
        "https://wiki.example.org/,https://wiki.example.org/a?token=secret",
        "https://wiki.example.org,https://wiki.example.org/a",
        "https://wiki.example.org/,HTTPS://WIKI.example.org:443/a",
        "https://wiki.example.org/a%20b/,https://wiki.example.org/a%20b/c",
        "http://localhost:8080/docs/,http://localhost:8080/docs/%C3%A9",
        "http://[::1]:8080/,http://[::1]:8080/a",
        "s3://bucket/folder/,s3://bucket/folder/key"
    })
    void whatBeginsWithAnAllowedPrefixMayBeRead(String allowed, String reference) throws Exception {
        assertThat(AllowedContent.of(List.of(allowed)).check(reference).text()).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource({
        // Another scheme, host or port.
        "https://wiki.example.org/,http://wiki.example.org/a",
        "http://wiki.example.org/,https://wiki.example.org/a",
        "https://wiki.example.org/,https://wiki.example.org.evil.org/a",
        "https://wiki.example.org/,https://evil.org/wiki.example.org/",
        "https://wiki.example.org/,https://wiki.example.org:8443/a",
        "https://wiki.example.org/,https://wiki.example.org./a",
        "https://example.org/,https://wiki.example.org/a",
        "s3://bucket/,s3://bucket2/a",
        // A longer name of the same beginning.
        "https://wiki.example.org/docs,https://wiki.example.org/docs-internal/a",
        "file:/data/a.md,file:/data/a.mdx",
        "file:/data,file:/database/a",
        "s3://bucket/folder,s3://bucket/folder2/a",
        // The folder itself, of a prefix that is inside of it.
        "file:/data/,file:/data",
        // The way out of the folder, in every spelling.
        "file:/data/,file:/data/../etc/passwd",
        "file:/data/,file:/data/%2e%2e/etc/passwd",
        "file:/data/,file:/data/.%2E/etc/passwd",
        "file:/data/,file:/data/..%2fetc/passwd",
        "file:/data/,file:/data/%252e%252e/etc/passwd",
        "file:/data/,file:/data/./a",
        "file:/data/,file:/data//etc",
        "file:/data/,file:/data/a%00.md",
        "https://wiki.example.org/docs/,https://wiki.example.org/docs/..;/admin",
        "https://wiki.example.org/docs/,https://wiki.example.org/docs/..%5cadmin",
        "https://wiki.example.org/docs/,https://wiki.example.org/docs/%c0%ae%c0%ae/admin",
        // Another server, or another meaning.
        "https://wiki.example.org/,https://wiki.example.org@evil.org/",
        "https://wiki.example.org/,https://user:password@wiki.example.org/",
        "https://wiki.example.org/,https://wiki.example.org/a#b",
        "file:/data/,file://server/data/a",
        "file:/data/,file:data/a",
        "file:/data/,/data/a",
        "file:/data/,file:/data/a?b",
        "s3://bucket/,s3://bucket/a?versionId=1",
        "s3://bucket/,s3://key@bucket/a",
        "s3://bucket/,s3:/bucket/a",
        "https://wiki.example.org/,https:///a",
        "https://wiki.example.org/,'https://wiki.example.org/a b'",
        "https://wiki.example.org/,https://wiki.example.org\\@evil.org/",
        "https://wiki.example.org/,https://wiki.example.org/é",
        "https://wiki.example.org/,ftp://wiki.example.org/a",
        "https://wiki.example.org/,jar:https://wiki.example.org/a.jar!/b"
    })
    void everythingElseIsRefused(String allowed, String reference) {
        assertThatThrownBy(() -> AllowedContent.of(List.of(allowed)).check(reference))
                .isInstanceOf(ForbiddenReferenceException.class);
    }

    @Test
    void withoutAPrefixNothingMayBeRead() {
        assertThatThrownBy(() -> AllowedContent.of(List.of()).check("https://wiki.example.org/a"))
                .hasMessageContaining("--content-allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://wiki.example.org/a?token=secret", "https://other.org/a?token=secret"})
    void whatIsToldOfAReferenceHasNoQuery(String reference) throws Exception {
        assertThat(ContentUri.parse(reference).toString()).doesNotContain("secret");
        assertThatThrownBy(() -> AllowedContent.of(List.of()).check(reference))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aReferenceThatIsNoUriIsNotRepeated() {
        assertThatThrownBy(() -> ContentUri.parse("https://[/a?token=secret"))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void prefixesThatAreNoneAreToldAllAtOnce() {
        assertThat(FetchSettings.problems(List.of("file:/data/", "/data", "ftp://a/", "https://a/../b")))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("'/data'"))
                .anySatisfy(problem -> assertThat(problem).contains("'ftp://a/'"))
                .anySatisfy(problem -> assertThat(problem).contains(".."));
    }
}
