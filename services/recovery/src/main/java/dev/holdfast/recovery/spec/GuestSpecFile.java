package dev.holdfast.recovery.spec;

import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.guest.FreezeHook;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a guest spec from YAML; {@code infra/examples/guest.yaml} shows and explains every field. */
public final class GuestSpecFile {

    /** One spec must fit into one record of the log, which takes 64 KiB. */
    static final int MOST_BYTES = 48 * 1024;

    private static final String NO_LIMIT = "none";

    private GuestSpecFile() {
    }

    /** Reads a file; one that cannot be read is refused like one that is wrong. */
    public static GuestSpecReading read(Path file) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                return refused(name, "is a folder: name a file");
            }
            byte[] bytes;
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MOST_BYTES + 1);
            }
            if (bytes.length > MOST_BYTES) {
                return refused(name, "is larger than %d bytes: a guest spec never is".formatted(MOST_BYTES));
            }
            return parse(name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (NoSuchFileException missing) {
            return refused(name, "does not exist");
        } catch (CharacterCodingException foreign) {
            return refused(name, "is not UTF-8 text");
        } catch (IOException unreadable) {
            return refused(name, "cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * Reads text.
     *
     * @param name what the text is called in problems
     */
    public static GuestSpecReading parse(String name, String text) {
        Problems problems = new Problems(name);
        Optional<GuestSpec> spec = YamlDocument.parse(name, text, MOST_BYTES, problems)
                .flatMap(root -> guest(root, problems));
        return spec.isPresent() && problems.isEmpty()
                ? new GuestSpecReading.Accepted(spec.get())
                : new GuestSpecReading.Refused(problems.all());
    }

    private static Optional<GuestSpec> guest(Node root, Problems problems) {
        YamlSection guest = YamlSection.of(root, "", problems);
        // Each part has a stand-in, so that one bad part does not hide the problems of the others.
        var spec = problems.collect("", () -> new GuestSpec(
                guest.text("name", null),
                guest.texts("command"),
                guest.textsByName("environment"),
                guest.choice("volume", VolumeKind.class, VolumeKind.ANY),
                guest.text("address", null),
                guest.number("port", 0),
                ProbeFields.read(guest, problems),
                guest.section("restart").flatMap(fields -> restart(fields, problems)).orElse(RestartPolicy.DEFAULT),
                guest.section("replication").flatMap(fields -> replication(fields, problems))
                        .orElse(ReplicationPolicy.DEFAULT),
                limit(guest, "maxDataLoss"),
                guest.choice("requestedState", RequestedState.class, RequestedState.STARTED),
                guest.section("nodes").flatMap(fields -> nodes(fields, problems)).orElse(NodeRules.ANY),
                guest.duration("stopGrace", GuestSpec.DEFAULT_STOP_GRACE),
                guest.choice("drill", DrillPolicy.class, DrillPolicy.SWITCHOVER)));
        guest.end();
        return spec;
    }

    private static Optional<RestartPolicy> restart(YamlSection fields, Problems problems) {
        RestartPolicy usual = RestartPolicy.DEFAULT;
        var policy = problems.collect("restart", () -> new RestartPolicy(
                fields.number("maxRestarts", usual.maxRestarts()),
                fields.duration("window", usual.window()),
                fields.duration("backOff", usual.backOff()),
                fields.duration("maxBackOff", usual.maxBackOff()),
                fields.number("maxRelocations", usual.maxRelocations()),
                fields.duration("relocationWindow", usual.relocationWindow())));
        fields.end();
        return policy;
    }

    private static Optional<ReplicationPolicy> replication(YamlSection fields, Problems problems) {
        ReplicationPolicy usual = ReplicationPolicy.DEFAULT;
        FreezeHook hook = hook(fields, problems);
        var policy = problems.collect("replication", () -> new ReplicationPolicy(
                fields.duration("interval", usual.interval()),
                fields.duration("maxPause", usual.maxPause()),
                fields.number("keep", usual.keep()),
                fields.number("keepTargets", usual.keepTargets()),
                limit(fields, "keepDivergent"),
                hook));
        fields.end();
        return policy;
    }

    /** Null if there is none. What belongs to one is asked for in any case, so that it counts as known. */
    private static FreezeHook hook(YamlSection fields, Problems problems) {
        List<String> freeze = fields.texts("freeze");
        List<String> thaw = fields.texts("thaw");
        Duration timeout = fields.duration("hookTimeout", FreezeHook.DEFAULT_TIMEOUT);
        FreezeHook.OnFailure onFailure =
                fields.choice("onHookFailure", FreezeHook.OnFailure.class, FreezeHook.OnFailure.TAKE);
        return freeze.isEmpty() && thaw.isEmpty()
                ? null
                : problems.collect("replication", () -> new FreezeHook(freeze, thaw, timeout, onFailure)).orElse(null);
    }

    private static Optional<NodeRules> nodes(YamlSection fields, Problems problems) {
        var rules = problems.collect("nodes", () -> new NodeRules(
                fields.texts("allowed"),
                fields.texts("preferred"),
                fields.flag("failback", false),
                fields.flag("leaveUnfitPool", NodeRules.ANY.leaveUnfitPool())));
        fields.end();
        return rules;
    }

    private static Duration limit(YamlSection section, String field) {
        return NO_LIMIT.equals(section.text(field, NO_LIMIT)) ? null : section.duration(field, null);
    }

    private static GuestSpecReading refused(String name, String rule) {
        Problems problems = new Problems(name);
        problems.addAt(0, "", null, rule);
        return new GuestSpecReading.Refused(problems.all());
    }
}
