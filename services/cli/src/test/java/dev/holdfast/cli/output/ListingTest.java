package dev.holdfast.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {

    private record City(String name, int people) {}

    private static final Listing<City> LISTING = new Listing<City>(
                    city -> Fields.of("name", city.name()).and("people", city.people()))
            .column("CITY", City::name)
            .column("PEOPLE", city -> city.people() == 0 ? null : String.valueOf(city.people()));

    private static final List<City> CITIES = List.of(new City("Reykjavik", 140_000), new City("Ur", 0));

    @Test
    void peopleGetAlignedColumnsAndADashForNothing() {
        assertThat(LISTING.lines(OutputFormat.TEXT, CITIES))
                .containsExactly("CITY       PEOPLE", "Reykjavik  140000", "Ur         -");
    }

    @Test
    void scriptsGetOneTabBetweenColumns() {
        assertThat(LISTING.lines(OutputFormat.TSV, CITIES))
                .containsExactly("CITY\tPEOPLE", "Reykjavik\t140000", "Ur\t-");
    }

    @Test
    void programsGetOneObjectALineWithAllFields() {
        assertThat(LISTING.lines(OutputFormat.JSON, CITIES))
                .containsExactly("{\"name\":\"Reykjavik\",\"people\":140000}", "{\"name\":\"Ur\",\"people\":0}");
    }

    @Test
    void nothingToListIsAHeaderForPeopleAndSilenceForPrograms() {
        assertThat(LISTING.lines(OutputFormat.TEXT, List.of())).containsExactly("CITY  PEOPLE");
        assertThat(LISTING.lines(OutputFormat.JSON, List.of())).isEmpty();
    }

    @Test
    void aNameWithLineBreaksAndEscapesCannotForgeLines() {
        City hostile = new City("a\n\u001b[31mb\tc", 1);

        assertThat(LISTING.lines(OutputFormat.TSV, List.of(hostile)).getLast()).isEqualTo("a [31mb c\t1");
    }
}
