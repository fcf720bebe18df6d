package dev.slipway.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Who may know whom, and what the engine must not touch to stay a function of its arguments. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ENGINE = "dev.slipway.engine..";

  /** Per module, the modules it may know besides itself. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.of(
          "engine", Set.of(),
          "actors", Set.of("engine"),
          "ingest", Set.of("engine"),
          "ops", Set.of("engine", "actors", "ingest"),
          "bench", Set.of("engine", "actors", "ingest", "ops"));

  @ArchTest
  static void modulesAreAllHere(JavaClasses classes) {
    assertThat(MAY_KNOW.keySet()).containsExactlyInAnyOrderElementsOf(Checkout.MODULES);
    assertThat(classes.stream().map(ArchitectureTest::moduleOf).distinct())
        .as("modules found on the class path: every class is in the package of a known one")
        .containsExactlyInAnyOrderElementsOf(Checkout.MODULES);
  }

  @ArchTest
  static void modulesKnowOnlyWhomTheyMay(JavaClasses classes) {
    for (String module : Checkout.MODULES) {
      String[] forbidden =
          Checkout.MODULES.stream()
              .filter(other -> !other.equals(module) && !mayKnow(module, other))
              .map(other -> "dev.slipway." + other + "..")
              .toArray(String[]::new);
      if (forbidden.length > 0) {
        noClasses()
            .that()
            .resideInAPackage("dev.slipway." + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden)
            .check(classes);
      }
    }
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().assignedFrom(onePerPackage()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule engineKnowsOnlyTheJdkAndJSpecify =
      classes()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ENGINE, "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule engineDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.io..",
                      "java.net..",
                      "java.nio.channels..",
                      "java.nio.file..",
                      "java.sql..",
                      "java.util.logging..")
                  .or(isAnyOf(Process.class, ProcessBuilder.class, Runtime.class)))
          .orShould()
          .accessTargetWhere(
              calls(System.class, "getenv", "getProperty", "getProperties", "exit", "load"));

  @ArchTest
  static final ArchRule engineStartsNoThread =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat(
              isAnyOf(Thread.class, ThreadLocal.class, java.util.Timer.class)
                  .or(
                      resideInAPackage("java.util.concurrent")
                          .and(
                              describe(
                                  "run tasks",
                                  type ->
                                      type.isAssignableTo(java.util.concurrent.Executor.class)
                                          || type.isAssignableTo(java.util.concurrent.Future.class)
                                          || type.isEquivalentTo(
                                              java.util.concurrent.Executors.class)))))
          .orShould()
          .accessTargetWhere(calls(Collection.class, "parallelStream"));

  @ArchTest
  static final ArchRule engineReadsNoClock =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat(isAnyOf(Clock.class, java.time.InstantSource.class))
          .orShould()
          .accessTargetWhere(calls(System.class, "nanoTime", "currentTimeMillis"))
          .orShould()
          .accessTargetWhere(
              describe(
                  "ask java.time for now",
                  access ->
                      access.getTargetOwner().getPackageName().startsWith("java.time")
                          && access.getName().equals("now")))
          .orShould()
          .accessTargetWhere(constructs(java.util.Date.class));

  /** It may draw from a {@link RandomGenerator} it was handed, never make one. */
  @ArchTest
  static final ArchRule engineMakesNoRandomness =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat(
              isAnyOf(
                  java.security.SecureRandom.class,
                  java.util.concurrent.ThreadLocalRandom.class,
                  java.util.random.RandomGeneratorFactory.class))
          .orShould()
          .accessTargetWhere(constructs(java.util.Random.class, java.util.SplittableRandom.class))
          .orShould()
          .accessTargetWhere(calls(RandomGenerator.class, "of", "getDefault"))
          .orShould()
          .accessTargetWhere(calls(Math.class, "random"))
          .orShould()
          .accessTargetWhere(calls(UUID.class, "randomUUID"))
          .orShould()
          .accessTargetWhere(calls(Collections.class, "shuffle"))
          .orShould()
          .accessTargetWhere(calls(System.class, "identityHashCode"));

  private static boolean mayKnow(String module, String other) {
    Set<String> known = MAY_KNOW.get(module);
    return known != null && known.contains(other);
  }

  private static String moduleOf(JavaClass type) {
    List<String> parts = List.of(type.getPackageName().split("\\."));
    return parts.size() > 2 ? parts.get(2) : "";
  }

  private static SliceAssignment onePerPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(type.getPackageName());
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }

  private static DescribedPredicate<JavaClass> isAnyOf(Class<?>... types) {
    return describe(
        "are any of " + List.of(types), type -> Stream.of(types).anyMatch(type::isEquivalentTo));
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... methods) {
    return describe(
        "call " + owner.getSimpleName() + "." + List.of(methods),
        access ->
            access.getTargetOwner().isAssignableTo(owner)
                && List.of(methods).contains(access.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> constructs(Class<?>... types) {
    return describe(
        "construct any of " + List.of(types),
        access ->
            access.getName().equals("<init>")
                && Stream.of(types).anyMatch(access.getTargetOwner()::isAssignableTo));
  }
}
