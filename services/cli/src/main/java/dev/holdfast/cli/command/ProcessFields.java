package dev.holdfast.cli.command;

import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.cli.output.Fields;

/** What programs are told of a process. */
final class ProcessFields {

    private ProcessFields() {}

    static Fields of(NodeProcess process) {
        return Fields.of("pid", process.pid())
                .and("startTicks", process.identity().startTicks())
                .and("node", process.node())
                .and("role", process.role())
                .and("guest", process.guest());
    }
}
