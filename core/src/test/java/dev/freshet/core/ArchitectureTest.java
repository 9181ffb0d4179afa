package dev.freshet.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshet.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCoreKnowsNoEngine = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.freshet.core..",
                    "java..",
                    "jdk.incubator.vector..",
                    "org.jspecify..",
                    "com.fasterxml.jackson..",
                    "org.commonmark..",
                    "org.jsoup..",
                    "io.github.bucket4j..",
                    "io.github.resilience4j..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.freshet.core.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule readingTextsNeedsNothingOfTheDomain = noClasses()
            .that()
            .resideInAnyPackage(
                    "..core.text..", "..core.chunk..", "..core.batch..", "..core.retry..", "..core.govern..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..core.document..", "..core.revision..", "..core.index..", "..core.search..", "..core.envelope..");

    @ArchTest
    static final ArchRule theFoldKnowsNothingOfIndexAndSearch = noClasses()
            .that()
            .resideInAPackage("..core.revision..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..core.index..", "..core.search..", "..core.embed..", "..core.envelope..");
}
