package dev.holdfast.core.decide;

/** One stage of the decision maker. Pure: the outcome depends on the turn alone. */
public interface Stage {

    void run(Turn turn);
}
