package dev.holdfast.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaIdsTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final PublishedSchema REPORTS = CATALOGUE.published(TopicCatalogue.FENCE_REPORTS);
    private static final PublishedSchema SETTINGS = CATALOGUE.published(TopicCatalogue.CLUSTER_SETTINGS);
    private static final FenceReport REPORT = new FenceReport("a", new Incarnation(1, 1), true, "b", "off");
    private static final String REGISTRY = "http://registry/apis";

    private final SchemaIds ids = SchemaIds.awaited(CATALOGUE);
    private final Codecs codecs = new Codecs(ids);

    @Test
    void nothingIsWrittenBeforeTheIdsAreKnownButTheRecordThatBringsThem() {
        RegisteredSchemas registered = registered(1, entry(REPORTS, 12));
        assertThat(ids.areKnown()).isFalse();
        assertThatThrownBy(() -> codecs.of(TopicCatalogue.FENCE_REPORTS).encode(REPORT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the registry's schema ids are not known yet; nothing can be written to fence.reports");
        byte[] bringing = codecs.of(TopicCatalogue.CLUSTER_SETTINGS).encode(registered);
        assertThat(idIn(bringing)).isEqualTo(SETTINGS.id());
        assertThat(codecs.of(TopicCatalogue.CLUSTER_SETTINGS).decode(bringing))
                .isEqualTo(new Decoded.Value(registered.summary(), registered));
    }

    @Test
    void theRecordThatBringsTheIdsCarriesTheDerivedOneEvenWhenTheyAreKnown() {
        RegisteredSchemas registered = registered(1, entry(SETTINGS, 3));
        ids.learn(registered);
        assertThat(idIn(codecs.of(TopicCatalogue.CLUSTER_SETTINGS).encode(registered))).isEqualTo(SETTINGS.id());
    }

    @Test
    void codecsMadeBeforeUseTheIdsFromTheMomentTheyAreLearned() {
        ValueCodec made = codecs.of(TopicCatalogue.FENCE_REPORTS);
        byte[] history = Codecs.derivingIds().of(TopicCatalogue.FENCE_REPORTS).encode(REPORT);
        assertThat(made.decode(history)).isEqualTo(new Decoded.Value(REPORT.summary(), REPORT));

        ids.learn(registered(1, entry(REPORTS, 12)));

        assertThat(ids.areKnown()).isTrue();
        byte[] written = made.encode(REPORT);
        assertThat(idIn(written)).isEqualTo(12);
        for (byte[] bytes : List.of(history, written)) {
            assertThat(made.decode(bytes)).isEqualTo(new Decoded.Value(REPORT.summary(), REPORT));
        }
    }

    @Test
    void anIdThatIsNotKnownYetIsUnreadableOnlyUntilItIs() {
        byte[] written = new Codecs(SchemaIds.given(CATALOGUE, registered(1, entry(REPORTS, 12))))
                .of(TopicCatalogue.FENCE_REPORTS).encode(REPORT);
        ValueCodec codec = codecs.of(TopicCatalogue.FENCE_REPORTS);
        assertThat(codec.decode(written)).isInstanceOf(Decoded.Unreadable.class);
        ids.learn(registered(1, entry(REPORTS, 12)));
        assertThat(codec.decode(written)).isEqualTo(new Decoded.Value(REPORT.summary(), REPORT));
    }

    @Test
    void theLatestVersionHoldsInWhateverOrderTheyAreRead() {
        ids.learn(registered(2, entry(REPORTS, 22)));
        ids.learn(registered(1, entry(REPORTS, 12)));
        assertThat(ids.idFor(TopicCatalogue.FENCE_REPORTS)).isEqualTo(22);
        assertThat(ids.byId(22)).contains(REPORTS);
        assertThat(ids.byId(12)).isEmpty();
    }

    @Test
    void aSchemaThatIsNotRegisteredKeepsItsDerivedId() {
        ids.learn(registered(1, entry(REPORTS, 12)));
        assertThat(ids.idFor(TopicCatalogue.CLUSTER_SETTINGS)).isEqualTo(SETTINGS.id());
    }

    @Test
    void schemasOfANewerReleaseAmongTheRegisteredOnesAreNoHindrance() {
        ids.learn(registered(1, entry(REPORTS, 12), new RegisteredSchema(REPORTS.subject(), 99, 77, 13)));
        assertThat(ids.byId(12)).contains(REPORTS);
        assertThat(ids.byId(13)).isEmpty();
    }

    @Test
    void anIdThatIsDerivedFromAnotherSchemaIsRefused() {
        refused(registered(1, entry(REPORTS, SETTINGS.id())), "the id " + SETTINGS.id()
                + " is given to fence.reports-value version 1 and derived from the content of "
                + "cluster.settings-value version 1");
    }

    @Test
    void aRegistryThatDerivesTheSameIdsIsNoHindrance() {
        ids.learn(registered(1, entry(REPORTS, REPORTS.id())));
        assertThat(ids.idFor(TopicCatalogue.FENCE_REPORTS)).isEqualTo(REPORTS.id());
    }

    @Test
    void oneIdForTwoSchemasIsRefused() {
        refused(registered(1, entry(REPORTS, 12), entry(SETTINGS, 12)),
                "the id 12 is given to fence.reports-value version 1 and to cluster.settings-value version 1");
    }

    @Test
    void twoIdsForOneSchemaAreRefused() {
        refused(registered(1, entry(REPORTS, 12), entry(REPORTS, 13)),
                "two ids are given to fence.reports-value version 1");
    }

    private void refused(RegisteredSchemas registered, String sentence) {
        assertThat(registered.ambiguity(CATALOGUE)).contains(sentence);
        assertThatThrownBy(() -> ids.learn(registered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the schema ids of " + REGISTRY + " cannot be used: " + sentence);
        assertThat(ids.areKnown()).isFalse();
    }

    private static int idIn(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    private static RegisteredSchema entry(PublishedSchema schema, int id) {
        return new RegisteredSchema(schema.subject(), schema.version(), schema.id(), id);
    }

    private static RegisteredSchemas registered(long version, RegisteredSchema... schemas) {
        return new RegisteredSchemas(version, REGISTRY, List.of(schemas));
    }
}
