package dev.holdfast.core.model.volume;

import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;

/** Rules that each lack one clause of R11. */
final class Mistakes {

    private Mistakes() {}

    static Rules promotedWithoutFloor() {
        return new Rules() {
            @Override
            ReplicaFloor raised(ReplicaFloor present, ReplicaFloor asked) {
                return asked.purpose() == Purpose.PROMOTE ? present : super.raised(present, asked);
            }
        };
    }

    /** That purpose asks no floor. */
    static Rules admitted(Purpose purpose) {
        return new Rules() {
            @Override
            boolean forbids(ReplicaFloor present, ReplicaFloor asked) {
                return asked.purpose() != purpose && super.forbids(present, asked);
            }
        };
    }

    static Rules receivesLeftAlive() {
        return new Rules() {
            @Override
            Site receivesKilled(Site site) {
                return site;
            }
        };
    }

    static Rules floorOnlyInMemory() {
        return new Rules() {
            @Override
            Site afterFailure(Site site) {
                return super.afterFailure(site).with((ReplicaFloor) null);
            }
        };
    }

    /** An order that is read again is carried out again. */
    static Rules promotedAgain() {
        return new Rules() {
            @Override
            boolean isDone(Order order, Site site) {
                return false;
            }
        };
    }

    static Rules incarnationNotCompared() {
        return new Rules() {
            @Override
            boolean forgetsWhatIsOver() {
                return false;
            }

            @Override
            boolean notMine(Order order, Site site) {
                return false;
            }
        };
    }

    static Rules anyPromotionCounts() {
        return new Rules() {
            @Override
            boolean forgetsWhatIsOver() {
                return false;
            }

            @Override
            boolean counts(Mind mind, Order done) {
                return mind.phase() == Mind.Phase.PROMOTING;
            }
        };
    }

    /** The report that was read last is believed, whatever was known before. */
    static Rules lastReportIsBelieved() {
        return new Rules() {
            @Override
            Snap believed(Snap before, Snap stored) {
                return stored;
            }
        };
    }

    /** The least that a promotion may be made from is not looked at. */
    static Rules minimumIgnored() {
        return new Rules() {
            @Override
            boolean tooOld(Snap newest, Snap minimum) {
                return false;
            }
        };
    }
}
