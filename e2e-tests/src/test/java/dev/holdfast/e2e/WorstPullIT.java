package dev.holdfast.e2e;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a user runs it: the victim holds every special role at once when its plug is pulled. */
class WorstPullIT {

    @ParameterizedTest
    @ValueSource(strings = {"kill", "silence"})
    void theDemoPassesWhenTheNodeWithEveryRoleIsPulled(String how) throws Exception {
        DemoRun.passing(how, "--pull", "worst", "--how", how);
    }
}
