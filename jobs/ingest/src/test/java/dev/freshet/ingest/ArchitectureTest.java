package dev.freshet.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshet.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule everyStageKnowsOnlyTheStageBeforeIt = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("source")
            .definedBy("..ingest.source..")
            .layer("parse")
            .definedBy("..ingest.parse..")
            .layer("fetch")
            .definedBy("..ingest.fetch..")
            .layer("extract")
            .definedBy("..ingest.extract..")
            .layer("guard")
            .definedBy("..ingest.guard..")
            .layer("revise")
            .definedBy("..ingest.revise..")
            .layer("embed")
            .definedBy("..ingest.embed..")
            .layer("materialize")
            .definedBy("..ingest.materialize..")
            .layer("index")
            .definedBy("..ingest.index..")
            .layer("publish")
            .definedBy("..ingest.publish..")
            .layer("account")
            .definedBy("..ingest.account..")
            .layer("job")
            .definedBy("dev.freshet.ingest")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("parse")
            .mayOnlyBeAccessedByLayers("account", "job")
            .whereLayer("guard")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("fetch")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("extract")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("revise")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("embed")
            .mayOnlyBeAccessedByLayers("materialize", "job")
            .whereLayer("materialize")
            .mayOnlyBeAccessedByLayers("index", "job")
            .whereLayer("index")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("job")
            .whereLayer("account")
            .mayOnlyBeAccessedByLayers("job");

    @ArchTest
    static final ArchRule stagesKnowPortsAndNoEngine = noClasses()
            .that()
            .resideInAnyPackage(
                    "..ingest.parse..",
                    "..ingest.fetch..",
                    "..ingest.extract..",
                    "..ingest.guard..",
                    "..ingest.revise..",
                    "..ingest.embed..",
                    "..ingest.materialize..",
                    "..ingest.index..",
                    "..ingest.account..",
                    "..ingest.rebuild..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.freshet.engines..", "org.opensearch..", "org.apache.kafka..", "ai.onnxruntime..", "ai.djl..");

    /** Its records travel through the stages, but it knows none of them. */
    @ArchTest
    static final ArchRule aRebuildKnowsNoStage = noClasses()
            .that()
            .resideInAPackage("..ingest.rebuild..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..ingest.source..",
                    "..ingest.parse..",
                    "..ingest.revise..",
                    "..ingest.embed..",
                    "..ingest.materialize..",
                    "..ingest.index..",
                    "..ingest.publish..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.freshet.ingest.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noStageKnowsTheTopology = noClasses()
            .that()
            .resideInAPackage("dev.freshet.ingest.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.freshet.ingest");

    @ArchTest
    static final ArchRule onlyMainReadsTheEnvironment = noClasses()
            .that()
            .doNotHaveSimpleName("IngestJob")
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);
}
