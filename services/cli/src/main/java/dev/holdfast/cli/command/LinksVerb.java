package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.node.links.LinksClient;
import java.io.IOException;

/** Asks something of the links' process. */
abstract class LinksVerb extends Verb {

    abstract void ask(LinksClient links) throws IOException;

    @Override
    public final Integer call() {
        try {
            ask(cluster().links());
            return ExitCode.OK;
        } catch (IllegalArgumentException refused) {
            throw Failure.badInput(refused.getMessage());
        } catch (IOException gone) {
            throw Failure.noAnswer("the links of the cluster in " + data() + " do not run: './holdfast up' starts them");
        }
    }
}
