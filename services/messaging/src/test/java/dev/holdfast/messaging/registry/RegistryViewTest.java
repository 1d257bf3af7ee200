package dev.holdfast.messaging.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryViewTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final PublishedSchema BEATS = CATALOGUE.published(TopicCatalogue.NODE_HEARTBEATS);

    private final RegistryView view = new RegistryView(CATALOGUE, SchemaIds.derived(CATALOGUE));

    private JsonNode get(String path) throws IOException {
        Answer answer = view.answer("GET", path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return new ObjectMapper().readTree(answer.json());
    }

    @Test
    void aForeignClientFindsTheSchemaOfARecordByItsId() throws IOException {
        String text = get("/schemas/ids/" + BEATS.id() + "?fetchMaxId=false").get("schema").asText();
        assertThat(new Schema.Parser().parse(text)).isEqualTo(BEATS.schema());
    }

    @Test
    void theNewestVersionOfASubjectIsShownWhole() throws IOException {
        JsonNode latest = get("/subjects/node.heartbeats-value/versions/latest");
        assertThat(latest.get("id").asInt()).isEqualTo(BEATS.id());
        assertThat(latest.get("version").asInt()).isEqualTo(BEATS.version());
        assertThat(latest.get("subject").asText()).isEqualTo("node.heartbeats-value");
        assertThat(latest.get("schemaType").asText()).isEqualTo("AVRO");
        assertThat(new Schema.Parser().parse(latest.get("schema").asText())).isEqualTo(BEATS.schema());
    }

    @Test
    void everySubjectIsListed() throws IOException {
        assertThat(get("/subjects")).hasSize(TopicCatalogue.ALL.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/                                                | {}",
        "/subjects/node.heartbeats-value/versions         | [1]",
        "/subjects/node%2Eheartbeats-value/versions       | [1]",
        "/schemas/types                                   | [\"AVRO\"]",
        "/config                                          | {\"compatibilityLevel\":\"BACKWARD\"}",
        "/config/node.heartbeats-value                    | {\"compatibilityLevel\":\"BACKWARD\"}",
        "/mode                                            | {\"mode\":\"READONLY\"}",
    })
    void whatAKafkaUiAsksIsAnswered(String path, String json) {
        assertThat(view.answer("GET", path)).isEqualTo(new Answer(200, json));
    }

    @Test
    void theSubjectsOfAnIdAreNamed() throws IOException {
        assertThat(get("/schemas/ids/" + BEATS.id() + "/versions").toString())
                .isEqualTo("[{\"subject\":\"node.heartbeats-value\",\"version\":1}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/subjects/no-such/versions                       | 40401 | Subject 'no-such' not found.",
        "/subjects/node.heartbeats-value/versions/99      | 40402 | Version 99 not found.",
        "/schemas/ids/7                                   | 40403 | Schema 7 not found.",
        "/schemas/ids/x                                   | 40403 | Schema x not found.",
        "/nowhere                                         | 404   | HTTP 404 Not Found",
        "/subjects/node.heartbeats-value/%zz              | 404   | HTTP 404 Not Found",
    })
    void whatIsNotThereIsAnsweredWithConfluentsErrorCode(String path, int code, String message) throws IOException {
        Answer answer = view.answer("GET", path);
        assertThat(answer.status()).isEqualTo(404);
        JsonNode body = new ObjectMapper().readTree(answer.json());
        assertThat(body.get("error_code").asInt()).isEqualTo(code);
        assertThat(body.get("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void aWriteIsRefusedWithASentence(String method) {
        Answer answer = view.answer(method, "/subjects/node.heartbeats-value/versions");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json()).contains("this registry is read-only");
    }

    @Test
    void inAClusterWithARegistryItsIdsAreShownAndTheDerivedOnesStillFound() throws IOException {
        RegisteredSchemas registered = new RegisteredSchemas(
                1, "http://registry", List.of(new RegisteredSchema(BEATS.subject(), 1, BEATS.id(), 12)));
        RegistryView given = new RegistryView(CATALOGUE, SchemaIds.given(CATALOGUE, registered));
        assertThat(given.answer("GET", "/schemas/ids/12")).isEqualTo(given.answer("GET", "/schemas/ids/" + BEATS.id()));
        assertThat(given.answer("GET", "/subjects/node.heartbeats-value/versions/1").json()).contains("\"id\":12,");
    }
}
