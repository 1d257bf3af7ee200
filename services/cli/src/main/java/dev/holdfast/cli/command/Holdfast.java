package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.audit.AuditCommand;
import dev.holdfast.cli.audit.ExportCommand;
import dev.holdfast.cli.audit.ImportCommand;
import dev.holdfast.cli.audit.ReceiptCommand;
import dev.holdfast.cli.audit.ReplayCommand;
import dev.holdfast.cli.audit.TimelineCommand;
import dev.holdfast.cli.audit.WhatIfCommand;
import dev.holdfast.cli.audit.WhyCommand;
import dev.holdfast.cli.bench.BenchCommand;
import dev.holdfast.cli.conformance.ConformanceCommand;
import dev.holdfast.cli.demo.DemoCommand;
import dev.holdfast.cli.doctor.DoctorCommand;
import dev.holdfast.cli.drill.DrillCommand;
import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.cli.scenario.ScenarioCommand;
import dev.holdfast.cli.simulate.SimulateCommand;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "./holdfast",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps guests running on a cluster of nodes whose only clock is its log.",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            EventsCommand.class,
            NodeCommand.class,
            FenceCommand.class,
            GuestCommand.class,
            ReplicasCommand.class,
            ReplicateCommand.class,
            SettingsCommand.class,
            SchemasCommand.class,
            ReplayCommand.class,
            WhatIfCommand.class,
            AuditCommand.class,
            WhyCommand.class,
            TimelineCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ReceiptCommand.class,
            DrillCommand.class,
            LinksCommand.class,
            BenchCommand.class,
            SimulateCommand.class,
            ConformanceCommand.class,
            ScenarioCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast up                         start three nodes, or the cluster that is in the folder",
            "  ./holdfast guest add db.yaml          have a guest kept running",
            "  ./holdfast status                     what runs where, and why not",
            "  ./holdfast replicas                   where its copies are, and how old",
            "  ./holdfast doctor                     what is not as it should be",
            "  ./holdfast node kill a                pull the plug of node a",
            "  ./holdfast events --follow            watch what the cluster decides",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused by the cluster, or failed",
            "2:wrong command line, file or name; nothing was changed",
            "3:no cluster, none that answers, or no quorum",
        })
public final class Holdfast implements Runnable {

    private static final String DEFAULT_DATA = "holdfast-data";
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the cluster. Default: $HOLDFAST_DATA, or ./" + DEFAULT_DATA)
    private Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "text for people, json (one object per line) or tsv for scripts. Default: ${DEFAULT-VALUE}")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    Path data() {
        if (data != null) {
            return data;
        }
        String named = System.getenv("HOLDFAST_DATA");
        return Path.of(named == null || named.isBlank() ? DEFAULT_DATA : named);
    }

    OutputFormat format() {
        return format;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** The whole command line, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Holdfast());
        addShort(line, "nodes", new NodeList(), "Short for 'node list'.");
        addShort(line, "guests", new GuestList(), "Short for 'guest list'.");
        addShort(line, "accept-loss", new GuestAcceptLoss(), "Short for 'guest accept-loss'.");
        spaceOut(line.getCommandSpec());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler(Holdfast::wrongUsage)
                .setExecutionExceptionHandler(Holdfast::failed);
    }

    /** The same headings in every help text. */
    private static void spaceOut(CommandSpec spec) {
        spec.usageMessage()
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .width(HELP_WIDTH)
                .autoWidth(false);
        if (spec.usageMessage().footerHeading().isEmpty()) {
            spec.usageMessage().footerHeading("%n");
        }
        spec.subcommands().values().forEach(each -> spaceOut(each.getCommandSpec()));
    }

    private static void addShort(CommandLine line, String name, Object command, String description) {
        CommandLine shorter = new CommandLine(command);
        shorter.getCommandSpec().usageMessage().description(description);
        line.addSubcommand(name, shorter);
    }

    /** The error, what was probably meant, and where the help is; not the help itself, which would hide the error. */
    private static int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println("holdfast: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failed, CommandLine line, CommandLine.ParseResult parsed) {
        line.getOut().flush();
        boolean expected = failed instanceof Failure;
        line.getErr().println("holdfast: " + (expected ? failed.getMessage() : "unexpected error: " + failed));
        if (!expected || System.getenv("HOLDFAST_DEBUG") != null) {
            failed.printStackTrace(line.getErr());
        }
        return failed instanceof Failure known ? known.exitCode() : ExitCode.FAILED;
    }
}
