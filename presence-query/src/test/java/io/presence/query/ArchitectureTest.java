package io.presence.query;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The permitted dependencies between the packages of the module, and the number of its internal public types. */
class ArchitectureTest {

    private static final String API = "io.presence.query";
    private static final String INTERNAL = API + ".internal";
    private static final int INTERNAL_PUBLIC_TYPES = 21;

    private static final Set<String> ENTRY_POINTS =
            Set.of("StandingQueries", "CompiledQuery", "Interpreter", "QueryJson", "RecordSchema");

    /* The internal packages that each internal package may use, from the lowest floor up. */
    private static final Map<String, Set<String>> FLOORS = Map.of(
            "hash", Set.of(),
            "json", Set.of(""),
            "normal", Set.of("hash"),
            "program", Set.of("", "hash"),
            "plan", Set.of("", "program"),
            "index", Set.of("", "hash", "normal", "program", "plan"));

    private static JavaClasses main;
    private static JavaClasses tests;

    /* Classes of the JDK and of libraries are not resolved: that would take seconds. */
    @BeforeAll
    static void importClasses() throws URISyntaxException {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        main = classesBeside(Query.class);
        tests = classesBeside(ArchitectureTest.class);
    }

    private static JavaClasses classesBeside(Class<?> type) throws URISyntaxException {
        return new ClassFileImporter()
                .importLocations(List.of(Location.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "json", "normal", "program", "plan", "index"})
    void internalPackage_always_dependsOnLowerFloorsOnly(String name) {
        Set<String> permitted = FLOORS.get(name);
        noClasses()
                .that()
                .resideInAPackage(INTERNAL + "." + name)
                .should()
                .dependOnClassesThat(describe(
                        "are on another floor than " + permitted,
                        other -> isInternal(other) && !floor(other).equals(name) && !permitted.contains(floor(other))))
                .check(main);
    }

    @Test
    void internalPackages_allOfThem_haveTheirFloor() {
        classes()
                .that(describe("are internal", ArchitectureTest::isInternal))
                .should()
                .resideInAnyPackage(floors())
                .check(main);
    }

    private static String[] floors() {
        return Stream.concat(Stream.of(INTERNAL), FLOORS.keySet().stream().map(name -> INTERNAL + "." + name))
                .toArray(String[]::new);
    }

    /* Queries, records and schemas are what internal classes work on; these are what they serve. */
    @Test
    void internalPackages_always_dependOnNoEntryPoint() {
        DescribedPredicate<JavaClass> entryPoints = describe(
                "are entry points",
                other -> other.getPackageName().equals(API) && ENTRY_POINTS.contains(topLevel(other)));
        noClasses()
                .that()
                .resideInAPackage(INTERNAL + "..")
                .should()
                .dependOnClassesThat(entryPoints)
                .check(main);
    }

    @Test
    void jackson_outsideTheJsonPackage_isNotUsed() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL + ".json")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(main);
    }

    @Test
    void publicTypes_ofInternalPackages_stayWithinTheirBudget() {
        List<String> names = main.stream()
                .filter(type -> isInternal(type)
                        && type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .sorted()
                .toList();

        assertThat(names).hasSizeLessThanOrEqualTo(INTERNAL_PUBLIC_TYPES);
    }

    /* A name says the method, the condition and the outcome. */
    @Test
    void tests_always_areNamedInThreeParts() {
        methods()
                .that()
                .areAnnotatedWith(Test.class)
                .or()
                .areAnnotatedWith(ParameterizedTest.class)
                .or()
                .areAnnotatedWith(Property.class)
                .should()
                .haveNameMatching("[a-z][A-Za-z0-9]*(_[a-z][A-Za-z0-9]*){2}")
                .check(tests);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith(INTERNAL);
    }

    private static String floor(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(INTERNAL) ? "" : name.substring(INTERNAL.length() + 1);
    }

    private static String topLevel(JavaClass type) {
        return type.getName().substring(API.length() + 1).split("\\$", 2)[0];
    }
}
