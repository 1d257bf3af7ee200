package dev.holdfast.audit.why;

import dev.holdfast.core.event.Rule;

/** Rules in the words of an operator. */
public final class RuleWords {

    private RuleWords() {}

    public static String of(Rule rule) {
        return switch (rule) {
            case R1_INCARNATION -> "a newer life of a node begins only when nothing of the older one runs";
            case R6_SILENCE -> "two other voters proved, by their own beats, a silence longer than lease, watchdog and margin: "
                    + "by then the node's own watchdog had stopped everything on it";
            case R7_IGNORED -> "what was fenced is ignored for ever, as a node and as a witness";
            case R8_POSSIBLE_RUNNERS -> "a guest starts only where nothing else can be running it; only a report, a fence or a "
                    + "newer life of the node rules that out, never a timeout";
            case R10_FREEZE -> "the log itself was in doubt: nothing starts until it is sound again";
            case R11_PROMOTION -> "a volume changes hands only for one guest, epoch and life of a node";
            case POWER_OFF -> "the power was confirmed off";
            case SUSPECT -> "two other voters beat several times on a log that moved while the node sent nothing; that is "
                    + "news, and no licence to start anything";
            case OWN_REPORT -> "the node said so itself";
            case MAJORITY -> "more than half of the voters must be live";
            case COLD_START -> "after the whole cluster was down the last writer of a guest is waited for";
            case PLACEMENT -> "where a guest goes: freshest copy first, then preferences, then load";
            case RESTART_POLICY -> "the guest's restart policy";
            case RETENTION -> "what diverged is kept as long as the guest's specification says";
            case OPERATOR -> "a person asked for it";
            case PROBE -> "the guest's probe said so";
            case POOL -> "what a node's pool can bear";
        };
    }
}
