package dev.freshet.engines.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class EmailTextTest {
    private final DocumentParser parser = new DocumentParser(ExtractLimits.DEFAULT);

    @Test
    void aMessageSaysWhoWroteItAndWhat() {
        Extracted text = extracted("""
                From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>
                To: Ann <ann@example.org>
                Date: Fri, 30 Jan 2026 09:00:00 +0000
                Subject: =?utf-8?q?Pumpen_l=C3=A4uft?=
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                # not a heading
                Gr=C3=BC=C3=9Fe

                --b
                Content-Type: text/html

                <p>the same
                --b--
                """);

        assertThat(text.title()).isEqualTo("Pumpen läuft");
        assertThat(text.text()).isEqualTo("""
                From: Jörg <joerg@example.org>
                To: Ann <ann@example.org>
                Date: Fri, 30 Jan 2026 09:00:00 +0000

                \\# not a heading
                Grüße""");
    }

    @Test
    void attachmentsAreReadAndThoseThatCannotBeAreNamed() {
        String pdf = Base64.getMimeEncoder().encodeToString(Files.pdf("The pump starts."));
        Extracted text = extracted("""
                Subject: Files
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html; charset=utf-8

                <nav>menu</nav><p>See the files.</p>
                --b
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="pump.pdf"
                Content-Transfer-Encoding: base64

                %s
                --b
                Content-Type: application/zip
                Content-Disposition: attachment; filename="data.zip"
                Content-Transfer-Encoding: base64

                UEsDBAAAAAA=
                --b
                Content-Type: message/rfc822

                Subject: Inner

                Words of the inner one.
                --b--
                """.formatted(pdf));

        assertThat(text.text()).isEqualTo("""
                See the files.

                ## Attachment: pump.pdf

                The pump starts.

                ## Attachment: data.zip

                ## Attached message: Inner

                Words of the inner one.""");
    }

    @Test
    void aMessageThatStatesNoCharsetOrAnUnknownOneIsReadAllTheSame() {
        assertThat(extracted("Subject: x\n\nGr\u00fc\u00dfe").text()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(extracted("Content-Type: text/plain; charset=klingon\n\nGr\u00fc\u00dfe")
                        .text())
                .isEqualTo("Gr\u00fc\u00dfe");
    }

    @Test
    void messagesInMessagesHaveALimit() {
        String nested =
                "Content-Type: message/rfc822\n\n".repeat(ExtractLimits.DEFAULT.depth() + 1) + "Subject: x\n\nx";

        assertThat(((Refused) outcome(nested)).reason()).isEqualTo("nested_too_deep");
    }

    private Extracted extracted(String message) {
        return (Extracted) outcome(message);
    }

    private ExtractOutcome outcome(String message) {
        return parser.parse(new ForeignContent(Files.utf8(message.replace("\n", "\r\n")), MediaType.EMAIL, "a.eml"));
    }
}
