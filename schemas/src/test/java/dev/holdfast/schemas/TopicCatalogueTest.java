package dev.holdfast.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

    @Test
    void noTopicLosesAnAcknowledgedRecordToOneNodesPowerLoss() {
        assertThat(TopicCatalogue.ALL).allSatisfy(topic -> assertThat(topic.settings())
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("unclean.leader.election.enable", "false")
                .containsEntry("flush.messages", "1"));
    }

    @Test
    void whatTheDecisionMakerReadsIsSmallerThanWhatItWrites() {
        assertThat(TopicCatalogue.INPUTS).allSatisfy(topic ->
                assertThat(topic.maxMessageBytes()).isEqualTo(64 * 1024));
        assertThat(TopicCatalogue.ALL).filteredOn(topic -> !TopicCatalogue.INPUTS.contains(topic))
                .allSatisfy(topic -> assertThat(topic.maxMessageBytes()).isEqualTo(1024 * 1024));
    }

    @Test
    void aRecordOfTheDecisionMakerIsNotTakenForHalfACenturyOld() {
        assertThat(TopicCatalogue.ALL).filteredOn(topic -> topic.writtenBy().equals("the quorum service"))
                .isNotEmpty()
                .allSatisfy(topic -> assertThat(topic.settings()).containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void aWrongWallClockCostsNoNodeItsLease() {
        assertThat(TopicCatalogue.NODE_HEARTBEATS.settings())
                .containsEntry("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
    }

    @Test
    void onlyCompactedTopicsHaveRemovals() {
        assertThat(TopicCatalogue.ALL).filteredOn(Topic::tombstones)
                .allSatisfy(topic -> assertThat(topic.settings()).containsEntry("cleanup.policy", "compact"));
    }

    @Test
    void theJournalIsKeptForFourHundredDaysAndEventsForEver() {
        assertThat(TopicCatalogue.AUDIT_JOURNAL.settings()).containsEntry("retention.ms", "34560000000");
        assertThat(TopicCatalogue.CLUSTER_EVENTS.settings()).containsEntry("retention.ms", "-1");
    }
}
