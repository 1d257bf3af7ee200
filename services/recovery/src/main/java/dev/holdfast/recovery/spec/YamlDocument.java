package dev.holdfast.recovery.spec;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Parses one YAML document into nodes that know their lines. Nodes, not objects: nothing in the file can choose a
 * class, and a number stays the text that was written.
 */
final class YamlDocument {

    private YamlDocument() {
    }

    /** The root of the document, or empty with the problem collected. */
    static Optional<Node> parse(String file, String text, int mostCharacters, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file).setCodePointLimit(mostCharacters).setMaxAliasesForCollections(10).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            root.ifPresentOrElse(
                    node -> problems.locate("", YamlSection.lineOf(node)),
                    () -> problems.addAt(0, "", null, "is empty: begin with infra/examples/guest.yaml"));
            return root;
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            String context = broken.getContext() == null ? "" : " " + broken.getContext();
            problems.addAt(line, "", null, "is not YAML:%s %s".formatted(context, broken.getProblem()));
        } catch (YamlEngineException broken) {
            problems.addAt(0, "", null, "is not YAML: " + broken.getMessage());
        } catch (StackOverflowError tooDeep) {
            // The parser recurses once for each bracket, and a few thousand of them fit into a small file.
            problems.addAt(0, "", null, "is nested too deeply");
        }
        return Optional.empty();
    }
}
