package dev.holdfast.audit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.audit.Recorded;
import dev.holdfast.encoding.journal.Chain;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was signed outside of the cluster cannot be written anew in it. */
class SignatureTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static List<byte[]> journal;
    private static KeyPair keys;

    @BeforeAll
    static void aClusterIsJournalled() throws NoSuchAlgorithmException {
        journal = Recorded.journal(2).subList(0, 150);
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static Signature of(int entry) {
        return Signature.by(keys.getPrivate(), "clinic", entry, Chain.text(Chain.of(journal.get(entry - 1))), NOON);
    }

    private static AuditResult audit(List<byte[]> values, Signature... signatures) {
        return new Audit(Recorded.CODECS, Bounds.UNKNOWN, List.of(signatures)).run(values.iterator(), entries -> { });
    }

    @Test
    void aSignatureComesBackFromItsLineAndIsItsSigners() throws NoSuchAlgorithmException {
        Signature read = Signature.parse(of(100).line());

        assertThat(read.isBy(keys.getPublic())).isTrue();
        assertThat(read.isBy(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic())).isFalse();
        assertThat(new Signature("clinic", 101, read.hash(), NOON, read.signature()).isBy(keys.getPublic())).isFalse();
    }

    @Test
    void aLineThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Signature.parse("holdfast-journal-v1 clinic ten"))
                .hasMessageContaining("is no signature");
        assertThatThrownBy(() -> Signature.parse(of(3).line().replace("12:00", "noon")))
                .hasMessageContaining("is no signature");
    }

    @Test
    void aSignedEntryIsConfirmed() {
        AuditResult result = audit(journal, of(50), of(150));

        assertThat(result.isOk()).as("%s", result).isTrue();
        assertThat(result.signatures()).isEqualTo(2);
    }

    @Test
    void aChainThatWasWrittenAnewAfterTheSignatureIsFound() {
        List<byte[]> forged = new ArrayList<>();
        byte[] chain = Chain.beginning();
        for (int i = 0; i < journal.size(); i++) {
            byte[] value = journal.get(i).clone();
            if (i == 20) {
                value[value.length / 2] ^= 1;
            }
            chain = Chain.link(chain, value);
            forged.add(value);
        }

        assertThat(audit(forged.subList(21, 150)).isOk()).isTrue();
        AuditResult result = audit(forged.subList(21, 150), of(100));
        assertThat(result.firstBad()).isEqualTo(100);
        assertThat(result.reason()).contains("is not what was signed");
    }

    @Test
    void anEndCutOffBeforeASignedEntryIsFound() {
        AuditResult result = audit(journal.subList(0, 120), of(130));

        assertThat(result.firstBad()).isEqualTo(121);
        assertThat(result.reason()).contains("entry 130 was signed");
    }
}
