package dev.holdfast.core.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    private final Placeholders onNodeB = new Placeholders(
            "shop-db", "/d/b/volumes/shop-db/live", "127.77.100.1", 9092, "b", 7, "/jdk/bin/java", "/holdfast/lib");

    @Test
    void everyKnownPlaceholderIsReplaced() {
        assertThat(onNodeB.expand("command",
                "${guest} ${volume} ${address}:${port} ${node}/${epoch} ${java} ${holdfast.lib}"))
                .isEqualTo("shop-db /d/b/volumes/shop-db/live 127.77.100.1:9092 b/7 /jdk/bin/java /holdfast/lib");
        assertThat(Placeholders.NAMES).allSatisfy(name ->
                assertThat(onNodeB.expand("command", "${" + name + "}")).doesNotContain("$"));
    }

    @Test
    void aDoubledDollarIsALiteral() {
        assertThat(onNodeB.expand("command", "$${node} $5 $node ${node}")).isEqualTo("${node} $5 $node b");
    }

    @Test
    void aReplacementIsNotExpandedAgain() {
        Placeholders odd = new Placeholders("g", "/data/${node}", null, 1, "b", 1, "java", "lib");
        assertThat(odd.expand("command", "${volume}")).isEqualTo("/data/${node}");
    }

    @Test
    void listsAndMapsKeepTheirShapeAndErrorsNameTheEntry() {
        assertThat(onNodeB.expand("command", List.of("a", "${port}"))).containsExactly("a", "9092");
        assertThat(onNodeB.expand("environment", Map.of("NODE", "${node}"))).containsEntry("NODE", "b");
        assertThatThrownBy(() -> onNodeB.expand("command", List.of("a", "${prt}")))
                .hasMessageStartingWith("command[1] '${prt}' uses the unknown placeholder ${prt}; there are ${guest}");
    }

    @Test
    void anAddressThatIsNotAssignedYetIsAnErrorAndNotTheWordNull() {
        Placeholders unassigned = new Placeholders("g", "/v", null, 1, "b", 1, "java", "lib");
        assertThatThrownBy(() -> unassigned.expand("command", "--bind=${address}"))
                .hasMessage("command '--bind=${address}' uses ${address}, but the guest has no address: "
                        + "give one in its spec");
    }
}
