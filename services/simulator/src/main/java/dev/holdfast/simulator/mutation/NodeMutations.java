package dev.holdfast.simulator.mutation;

import dev.holdfast.core.agent.StartRule;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guard.Watch;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;
import java.time.Duration;

/** What a node does for guests, their guard and their volumes, each broken in one way (rules R5, R9 and R11). */
final class NodeMutations {

    private NodeMutations() {}

    static Parts incarnationNotCompared() {
        return new Parts() {
            @Override
            public StartRule.Verdict judgeStart(StartGuest order, StartRule.Facts facts) {
                StartGuest mine = new StartGuest(
                        order.guest(), order.epoch(), order.node(), facts.incarnation(), order.newVolume(), order.spec());
                return super.judgeStart(mine, facts);
            }
        };
    }

    static Parts startedBeforeArming() {
        return new Parts() {
            @Override
            public StartRule.Verdict judgeStart(StartGuest order, StartRule.Facts facts) {
                return super.judgeStart(order, new StartRule.Facts(
                        facts.node(), facts.incarnation(), facts.floor(), facts.leaseHeld(), true, facts.inFlight()));
            }

            @Override
            public Watch.Step.Denied startDenied(Watch watch, Incarnation incarnation, Duration now) {
                return watch instanceof Watch.Unarmed ? null : super.startDenied(watch, incarnation, now);
            }
        };
    }

    /** Neither on disk nor in memory: the start rule sees no floor. */
    static Parts floorNotFiled() {
        return new Parts() {
            @Override
            public StartRule.Verdict judgeStart(StartGuest order, StartRule.Facts facts) {
                return super.judgeStart(order, new StartRule.Facts(
                        facts.node(), facts.incarnation(), 0, facts.leaseHeld(), facts.guardArmed(), facts.inFlight()));
            }

            @Override
            public boolean filesStartFloor() {
                return false;
            }
        };
    }

    static Parts reopenedAtBegin() {
        return new Parts() {
            @Override
            public boolean reopensAtBegin() {
                return true;
            }

            @Override
            public boolean onlyBareWatchdogs() {
                return true;
            }
        };
    }

    static Parts stoppedInFlight() {
        return new Parts() {
            @Override
            public boolean oneAfterTheOther() {
                return false;
            }
        };
    }

    static Parts promotedWithoutFloor() {
        return new Parts() {
            @Override
            public boolean filesReplicaFloor(ReplicaFloor asked) {
                return asked.purpose() != Purpose.PROMOTE;
            }
        };
    }

    static Parts lowerEpochReceived() {
        return new Parts() {
            @Override
            public boolean floorForbids(ReplicaFloor present, ReplicaFloor asked) {
                return asked.purpose() != Purpose.RECEIVE && super.floorForbids(present, asked);
            }
        };
    }
}
