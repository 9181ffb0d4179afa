package dev.freshet.local.dlq;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.Resolution;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.terminal.Escaped;
import dev.freshet.local.terminal.Terminal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(name = "show", description = "Show all of a dead letter, the bytes of the record included.")
final class DlqShowCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Parameters(paramLabel = "HANDLE", description = "As dlq list prints it: partition@offset.")
    private String handle = "";

    DlqShowCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        Handle wanted = Handles.parse(spec, handle);
        try (DeadLetters letters = new DeadLetters(kafka.in(workspace))) {
            Letter letter = Handles.require(letters, wanted);
            print(workspace.terminal(), letter, letters.resolution(wanted));
        }
        return 0;
    }

    private static void print(Terminal terminal, Letter letter, Resolution.@Nullable Action resolution) {
        DeadLetter content = letter.content();
        field(terminal, "handle", letter.handle().toString());
        field(terminal, "failed at", content.failedAt().toString());
        field(terminal, "scope", content.scope().name().toLowerCase(Locale.ROOT));
        field(terminal, "stage", content.stage());
        field(terminal, "reason", content.reason());
        field(terminal, "message", content.message());
        field(terminal, "attempts", Integer.toString(content.attempts()));
        field(terminal, "document", letter.document());
        field(terminal, "origin", content.origin().toString());
        field(terminal, "state", resolution == null ? "open" : resolution.name().toLowerCase(Locale.ROOT));
        field(terminal, "key", Escaped.line(shown(content.key())));
        for (RawHeader header : content.headers()) {
            field(terminal, "header", header.name() + " = " + Escaped.line(shown(header.value())));
        }
        terminal.line(terminal.bold("value"));
        terminal.line(Escaped.lines(shown(content.value())));
    }

    private static void field(Terminal terminal, String name, String value) {
        terminal.line(terminal.bold(String.format(Locale.ROOT, "%-10s", name)) + " " + Escaped.line(value));
    }

    /** As text where the bytes are UTF-8, else in base64. */
    static String shown(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(none)";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "(base64) " + Base64.getEncoder().encodeToString(bytes);
        }
    }
}
