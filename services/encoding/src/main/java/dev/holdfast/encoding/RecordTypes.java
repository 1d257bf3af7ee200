package dev.holdfast.encoding;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.GuestSpecChange;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Progress;
import dev.holdfast.encoding.journal.JournalHead;
import java.util.List;
import java.util.stream.Stream;

/** The Java records that can stand in the body of a value; a schema finds its own by name. */
final class RecordTypes {

    static final List<Class<?>> ALL = Stream.of(
                    NodeMessage.class, ClusterSettings.class, RegisteredSchemas.class, GuestSpecChange.class, OperatorCommand.class,
                    GuestEvent.GuestCommand.class, GuestReport.class, FenceNode.class, FenceReport.class,
                    GuestEvent.ReplicaCommand.class, ReplicaReport.class, Decision.class, ClusterView.class,
                    Progress.class, JournalHead.class, NodeState.class, GuestState.class, JournalEntry.class, DeadLetter.class)
            .flatMap(RecordTypes::records)
            .toList();

    private RecordTypes() {}

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(RecordTypes::records) : Stream.of(type);
    }
}
