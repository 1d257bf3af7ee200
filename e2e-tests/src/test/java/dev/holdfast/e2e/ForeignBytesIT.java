package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Bytes that are none of ours, on every topic, under load: they are put aside and change nothing else. */
class ForeignBytesIT {

    private static final int PER_TOPIC = 20;

    @Test
    void garbageOnEveryTopicIsPutAsideAndNothingElseHappens() throws Exception {
        try (TestCluster cluster = TestCluster.withDatabase("garbage", Duration.ofSeconds(3))) {
            String owner = cluster.owner();
            cluster.beginLoad();
            int starts = cluster.events(StartGuest.class).size();

            Random random = new Random(42);
            for (int i = 0; i < PER_TOPIC; i++) {
                for (Topic topic : TopicCatalogue.ALL) {
                    byte[] bytes = new byte[random.nextInt(200)];
                    random.nextBytes(bytes);
                    // Every tenth has no value at all.
                    cluster.access().producer()
                            .send(new ProducerRecord<>(topic.name(), 0, "garbage".getBytes(), i % 10 == 0 ? null : bytes))
                            .get();
                }
            }
            cluster.await("the decision maker has read past the garbage", Duration.ofSeconds(30),
                    () -> cluster.ask(new OperatorCommand.RequestStart(TestCluster.GUEST)).accepted());

            assertThat(cluster.runner()).contains(owner);
            assertThat(cluster.events(StartGuest.class)).hasSize(starts);
            assertThat(cluster.state().map(ClusterState::frozen)).as("frozen").isEmpty();
            assertThat(cluster.load().check(Duration.ofSeconds(60)).rowsLost()).as("rows lost").isZero();
            cluster.proveNobodyFencedBut();
            cluster.proveSafety();
        }
    }
}
