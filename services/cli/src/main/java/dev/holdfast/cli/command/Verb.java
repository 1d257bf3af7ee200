package dev.holdfast.cli.command;

import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.output.Screen;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command that does something has in common: where its cluster is and where it writes. */
public abstract class Verb implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** The folder of the cluster, whether there is one or not. */
    protected final Path data() {
        return root().data();
    }

    /**
     * The cluster in that folder.
     *
     * @throws dev.holdfast.cli.Failure if there is none
     */
    protected final LocalCluster cluster() {
        return LocalCluster.open(data());
    }

    protected final Screen screen() {
        return new Screen(spec.commandLine().getOut(), spec.commandLine().getErr(), root().format());
    }

    protected final CommandSpec spec() {
        return spec;
    }

    private Holdfast root() {
        return (Holdfast) spec.root().userObject();
    }
}
