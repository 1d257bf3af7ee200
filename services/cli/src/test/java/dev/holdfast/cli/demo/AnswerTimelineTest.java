package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTimelineTest {

    private final List<String> heard = new ArrayList<>();
    private final AnswerTimeline timeline = new AnswerTimeline(250, new LoadListener() {
        @Override
        public void lost(long lastAnswerAt) {
            heard.add("lost " + lastAnswerAt);
        }

        @Override
        public void answering(Gap gap) {
            heard.add("answering %d-%d".formatted(gap.from(), gap.to()));
        }
    });

    @Test
    void eachTransitionIsHeardOnce() {
        timeline.noticeLoss(5_000);
        timeline.answered(10_000);
        timeline.answered(10_100);
        timeline.noticeLoss(10_349);
        timeline.noticeLoss(10_350);
        timeline.noticeLoss(10_400);
        assertThat(timeline.answering()).isFalse();
        timeline.answered(12_000);
        timeline.answered(12_100);
        assertThat(heard).containsExactly("lost 10100", "answering 10100-12000");
    }

    @Test
    void aLossThatNobodyNoticedInTimeIsHeardBeforeItsEnd() {
        timeline.answered(10_000);
        timeline.answered(11_000);
        assertThat(heard).containsExactly("lost 10000", "answering 10000-11000");
    }

    @Test
    void theLossOfABlowIsTheLongestThatWasNotOverByThen() {
        for (long at : new long[] {10_000, 15_000, 15_300, 15_400, 17_400, 17_700}) {
            timeline.answered(at);
        }
        assertThat(timeline.lossAfter(15_350, 18_000)).contains(new Gap(15_400, 17_400, true));
        assertThat(timeline.lossAfter(17_700, 17_800)).isEmpty();
        assertThat(timeline.longest(17_800)).contains(new Gap(10_000, 15_000, true));
    }

    @Test
    void aLossThatLastsIsSeenAsLongAsItLasts() {
        timeline.answered(10_000);
        timeline.noticeLoss(11_000);
        assertThat(timeline.lossAfter(10_500, 11_500)).contains(new Gap(10_000, 11_500, false));
        assertThat(timeline.longest(11_500)).contains(new Gap(10_000, 11_500, false));
    }

    @Test
    void answersReportedOutOfOrderChangeNothing() {
        timeline.answered(10_000);
        timeline.answered(9_000);
        timeline.answered(10_200);
        assertThat(timeline.longest(10_200)).contains(new Gap(10_000, 10_200, true));
        assertThat(heard).isEmpty();
    }
}
