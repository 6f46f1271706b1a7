package org.pombal.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "org.pombal", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String[] QUIET_ROOMS = {
        "org.pombal.model..",
        "org.pombal.settings..",
        "org.pombal.commands..",
        "org.pombal.geodb..",
        "org.pombal.operations..",
        "org.pombal.dovecot..",
        "org.pombal.node..",
        "org.pombal.controller.."
    };

    @ArchTest
    static final ArchRule every_class_is_in_a_room_of_the_house =
            classes().should(be(describe("in a room that the table knows", Rooms::isInARoom)));

    @ArchTest
    static final ArchRule arrows_between_rooms_point_down_only = classes().should(useOnlyAllowedRooms());

    @ArchTest
    static final ArchRule packages_of_the_model_do_not_depend_on_one_another_in_circles =
            slices().matching("org.pombal.model.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule model_settings_and_commands_need_nothing_but_the_jdk = classes()
            .that()
            .resideInAnyPackage("org.pombal.model..", "org.pombal.settings..", "org.pombal.commands..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.pombal.model..",
                    "org.pombal.settings..",
                    "org.pombal.commands..",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule model_does_no_input_and_no_output = noClasses()
            .that()
            .resideInAPackage("org.pombal.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..");

    @ArchTest
    static final ArchRule model_is_told_the_time_and_never_waits = noClasses()
            .that()
            .resideInAPackage("org.pombal.model..")
            .should(callMethod(Thread.class, "sleep", long.class))
            .orShould(callMethod(System.class, "currentTimeMillis"))
            .orShould(callMethod(System.class, "nanoTime"))
            .orShould(callMethod(Instant.class, "now"));

    @ArchTest
    static final ArchRule nothing_below_the_program_writes_to_its_output =
            noClasses().that().resideInAnyPackage(QUIET_ROOMS).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobody_logs_past_slf4j =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule only_the_program_knows_logback = noClasses()
            .that()
            .resideOutsideOfPackage("org.pombal.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");

    @ArchTest
    static final ArchRule only_the_controller_knows_its_framework = noClasses()
            .that()
            .resideOutsideOfPackage("org.pombal.controller..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "com.fasterxml.jackson.databind..", "reactor..", "io.lettuce..");

    @ArchTest
    static final ArchRule only_command_lines_know_picocli = noClasses()
            .that()
            .resideOutsideOfPackages("org.pombal.app..", "org.pombal.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule every_package_keeps_nulls_at_its_border = classes()
            .should(be(describe("in a package that is @NullMarked", (JavaClass type) -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));

    private static ArchCondition<JavaClass> useOnlyAllowedRooms() {
        return new ArchCondition<>("use only the rooms that its own may use") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    Rooms.objection(type, dependency.getTargetClass())
                            .ifPresent(reason -> events.add(
                                    SimpleConditionEvent.violated(type, reason + ": " + dependency.getDescription())));
                }
            }
        };
    }
}
