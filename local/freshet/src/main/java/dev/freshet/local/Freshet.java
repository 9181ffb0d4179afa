package dev.freshet.local;

import dev.freshet.local.chunk.ChunkCommand;
import dev.freshet.local.control.ApproveCommand;
import dev.freshet.local.control.DiscardCommand;
import dev.freshet.local.control.PauseCommand;
import dev.freshet.local.control.RebuildCommand;
import dev.freshet.local.control.ResumeCommand;
import dev.freshet.local.demo.DemoCommand;
import dev.freshet.local.dlq.DlqCommand;
import dev.freshet.local.eval.EvalCommand;
import dev.freshet.local.ingest.IngestCommand;
import dev.freshet.local.lifecycle.DownCommand;
import dev.freshet.local.lifecycle.LogsCommand;
import dev.freshet.local.lifecycle.StatusCommand;
import dev.freshet.local.lifecycle.SuperviseCommand;
import dev.freshet.local.lifecycle.UpCommand;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.search.SearchCommand;
import dev.freshet.local.stack.Project;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.Terminal;
import dev.freshet.local.verify.VerifyCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The {@code freshet} command. */
@Command(
        name = "freshet",
        version = "freshet 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps a search index equal to a stream of document changes, and answers questions from it.",
        footer = {
            "",
            "Every option can be given in the environment as well: --api-port as FRESHET_API_PORT.",
            "First steps: freshet demo"
        })
public final class Freshet {

    private Freshet() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.of(utf8(FileDescriptor.out), utf8(FileDescriptor.err), System.getenv());
        System.exit(
                run(terminal, System.getenv(), System.getProperties().getProperty("freshet.project", ""), arguments));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static int run(Terminal terminal, Map<String, String> environment, String project, String... arguments) {
        try {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Workspace workspace = new Workspace(Project.around(Path.of(project)), java, terminal);
            return commandLine(workspace, environment).execute(arguments);
        } catch (StackException e) {
            terminal.error(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    static CommandLine commandLine(Workspace workspace, Map<String, String> environment) {
        Terminal terminal = workspace.terminal();
        CommandLine command = new CommandLine(new Freshet())
                .addSubcommand(new UpCommand(workspace))
                .addSubcommand(new DownCommand(workspace))
                .addSubcommand(new StatusCommand(workspace))
                .addSubcommand(new LogsCommand(workspace))
                .addSubcommand(new IngestCommand(workspace))
                .addSubcommand(new ChunkCommand(workspace))
                .addSubcommand(new SearchCommand(workspace))
                .addSubcommand(new EvalCommand(workspace))
                .addSubcommand(new VerifyCommand(workspace))
                .addSubcommand(DlqCommand.of(workspace))
                .addSubcommand(new RebuildCommand(workspace))
                .addSubcommand(new PauseCommand(workspace))
                .addSubcommand(new ResumeCommand(workspace))
                .addSubcommand(new ApproveCommand(workspace))
                .addSubcommand(new DiscardCommand(workspace))
                .addSubcommand(new DemoCommand(workspace))
                .addSubcommand(new TestCommand())
                .addSubcommand(new SuperviseCommand(workspace));
        command.getSubcommands().values().forEach(Freshet::addHelp);
        return command.setDefaultValueProvider(option -> fromEnvironment(option, environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(terminal.width())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.coloured() ? Ansi.ON : Ansi.OFF))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((error, given) -> misused(terminal, error))
                .setExecutionExceptionHandler((error, line, result) -> failed(terminal, error));
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(Freshet::addHelp);
    }

    private static @Nullable String fromEnvironment(ArgSpec argument, Map<String, String> environment) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        return environment.get(
                "FRESHET_" + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static int misused(Terminal terminal, ParameterException error) {
        String name = error.getCommandLine().getCommandSpec().qualifiedName();
        terminal.error(String.valueOf(error.getMessage()).replace('\n', ' ') + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Terminal terminal, Exception error) throws Exception {
        if (error instanceof StackException) {
            terminal.error(String.valueOf(error.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw error;
    }
}
