package io.presence;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the packages, and the one place that takes the time. */
class ArchitectureTest {

    private static final String STORE = "io.presence.internal.store..";
    private static final String INDEX = "io.presence.internal.index..";
    private static final String READ = "io.presence.internal.read..";
    private static final String DELIVERY = "io.presence.internal.delivery..";
    private static final String VIEW = "io.presence.internal.view..";
    private static final String SUBSCRIPTION = "io.presence.internal.subscription..";
    private static final String DISPATCH = "io.presence.internal.dispatch..";
    private static final String STATS = "io.presence.internal.stats..";
    private static final String CLUSTER = "io.presence.internal.cluster..";
    private static final String ASSEMBLY = "io.presence.internal";

    private static final int INTERNAL_PUBLIC_TYPES = 63;

    private static JavaClasses main;
    private static JavaClasses tests;

    /* Classes of other libraries are not examined; reading them takes seconds. */
    @BeforeAll
    static void read() throws URISyntaxException {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        main = classesBeside(PresenceStore.class);
        tests = classesBeside(ArchitectureTest.class);
    }

    private static JavaClasses classesBeside(Class<?> type) throws URISyntaxException {
        return new ClassFileImporter()
                .importLocations(List.of(Location.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI())));
    }

    private static void refuse(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(main);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.presence.internal.wheel", "io.presence.internal.table"})
    void pureStructures_always_dependOnNoOtherPackage(String structure) {
        noClasses()
                .that()
                .resideInAPackage(structure)
                .should()
                .dependOnClassesThat(describe(
                        "are ours and not of the structure",
                        other -> other.getPackageName().startsWith("io.presence")
                                && !other.getPackageName().equals(structure)))
                .check(main);
    }

    @Test
    void index_always_dependsOnQueriesAlone() {
        refuse(
                INDEX,
                "io.presence",
                ASSEMBLY,
                "io.presence.internal.wheel..",
                STORE,
                READ,
                DELIVERY,
                SUBSCRIPTION,
                DISPATCH,
                STATS);
    }

    @Test
    void stats_always_dependOnTheStatisticsAlone() {
        noClasses()
                .that()
                .resideInAPackage(STATS)
                .should()
                .dependOnClassesThat(describe(
                        "are ours, not of the stats and not what they fill",
                        other -> other.getPackageName().startsWith("io.presence")
                                && !other.getPackageName().equals("io.presence.internal.stats")
                                && !belongTo(type(PresenceStats.class)).test(other)))
                .check(main);
    }

    /* From the bottom: store, then read and delivery beside each other, view, subscription, dispatch, assembly. */
    @Test
    void store_always_dependsOnNothingAboveIt() {
        refuse(STORE, READ, DELIVERY, SUBSCRIPTION, DISPATCH, ASSEMBLY);
    }

    @Test
    void read_always_dependsOnTheStoreAlone() {
        refuse(READ, DELIVERY, SUBSCRIPTION, DISPATCH, ASSEMBLY);
    }

    @Test
    void delivery_always_dependsOnNothingAboveItAndNotOnRead() {
        refuse(DELIVERY, READ, VIEW, SUBSCRIPTION, DISPATCH, ASSEMBLY);
    }

    @Test
    void view_always_dependsOnNothingAboveItAndNotOnRead() {
        refuse(VIEW, READ, SUBSCRIPTION, DISPATCH, ASSEMBLY);
    }

    @Test
    void subscription_always_dependsOnNothingAboveItAndNotOnRead() {
        refuse(SUBSCRIPTION, READ, DISPATCH, ASSEMBLY);
    }

    @Test
    void dispatch_always_dependsNeitherOnReadNorOnTheAssembly() {
        refuse(DISPATCH, READ, CLUSTER, ASSEMBLY);
    }

    @Test
    void cluster_always_dependsOnTheStoreAndTheDispatcherAlone() {
        refuse(CLUSTER, READ, DELIVERY, VIEW, SUBSCRIPTION, ASSEMBLY);
    }

    @Test
    void publicTypes_exceptTheBuilder_dependOnNothingInternal() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.presence",
                        "io.presence.access",
                        "io.presence.cluster",
                        "io.presence.count",
                        "io.presence.lock",
                        "io.presence.user")
                .and(not(type(PresenceStoreBuilder.class)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.presence.internal..")
                .check(main);
    }

    /* A user could have written it. */
    @Test
    void testing_always_dependsOnPublicTypesAloneAndNothingDependsOnIt() {
        refuse("io.presence.testing", "io.presence.internal..", "io.presence.agrona..");
        noClasses()
                .that()
                .resideOutsideOfPackage("io.presence.testing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.presence.testing")
                .check(main);
    }

    /* A user could have written it too. */
    @Test
    void json_always_dependsOnPublicTypesAloneAndNothingElseDependsOnIt() {
        refuse("io.presence.json", "io.presence.internal..", "io.presence.jackson2..", "io.presence.jackson3..");
        refuse("io.presence.jackson2", "io.presence.internal..", "io.presence.jackson3..");
        refuse("io.presence.jackson3", "io.presence.internal..", "io.presence.jackson2..");
        noClasses()
                .that()
                .resideOutsideOfPackages("io.presence.json", "io.presence.jackson2", "io.presence.jackson3")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.presence.json", "io.presence.jackson2", "io.presence.jackson3")
                .check(main);
    }

    /* A user could have written it too. */
    @Test
    void micrometer_always_dependsOnPublicTypesAloneAndNothingDependsOnIt() {
        refuse("io.presence.micrometer", "io.presence.internal..");
        noClasses()
                .that()
                .resideOutsideOfPackage("io.presence.micrometer")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.presence.micrometer", "io.micrometer..")
                .check(main);
    }

    /* The number may fall; it may rise only with a reason. */
    @Test
    void publicTypes_ofInternalPackages_stayWithinTheirBudget() {
        long publicTypes = main.stream()
                .filter(type -> type.getPackageName().startsWith(ASSEMBLY)
                        && type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        assertThat(publicTypes).isPositive().isLessThanOrEqualTo(INTERNAL_PUBLIC_TYPES);
    }

    @Test
    void internalPackages_always_areFreeOfCycles() {
        slices().matching("io.presence.(internal..)").should().beFreeOfCycles().check(main);
    }

    /* The defaults of the builder are the one place. */
    @Test
    void systemClock_outsideTheBuilder_isNotRead() {
        noClasses()
                .that(not(type(PresenceStoreBuilder.class)))
                .should()
                .accessTargetWhere(takesTime())
                .check(main);
    }

    private static DescribedPredicate<JavaAccess<?>> takesTime() {
        return DescribedPredicate.<JavaAccess<?>>or(
                        of(System.class, "nanoTime|currentTimeMillis"),
                        of(Thread.class, "sleep"),
                        of(Instant.class, "now"),
                        of(InstantSource.class, "system"),
                        of(Clock.class, "system.*|tick.*"))
                .as("takes the time");
    }

    private static DescribedPredicate<JavaAccess<?>> of(Class<?> owner, String methods) {
        return targetOwner(type(owner)).and(target(nameMatching(methods)));
    }

    @Test
    void park_outsideTheDispatcherThreads_isNotCalled() {
        noClasses()
                .that()
                .resideOutsideOfPackage(DISPATCH)
                .should()
                .accessTargetWhere(of(LockSupport.class, "park.*"))
                .check(main);
    }

    /* A skipped test is a missing one. */
    @Test
    void tests_always_areEnabledAndDoNotSleep() {
        for (var disabled : List.of(Disabled.class, net.jqwik.api.Disabled.class)) {
            noClasses().should().beAnnotatedWith(disabled).check(tests);
            noMethods().should().beAnnotatedWith(disabled).check(tests);
        }
        noClasses().should().accessTargetWhere(of(Thread.class, "sleep")).check(tests);
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
}
