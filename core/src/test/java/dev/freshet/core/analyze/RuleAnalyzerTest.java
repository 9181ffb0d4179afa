package dev.freshet.core.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleAnalyzerTest {
    private final RuleAnalyzer analyzer = new RuleAnalyzer();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            # Facts
            how many vacation days do new employees get       | factual         | moderate | none   | true
            who owns the billing service                      | factual         | simple   | none   | true
            when does the office close over the holidays      | factual         | moderate | none   | true
            which regions is the product available in         | factual         | moderate | none   | true
            what is the retention period of audit logs        | factual         | moderate | none   | true
            what is the error rate of the search service      | factual         | moderate | none   | true
            what is our error budget                          | factual         | simple   | none   | false
            does the travel policy cover taxis                | factual         | moderate | none   | true
            why do we use content hashes for chunks           | factual         | moderate | none   | true
            is overtime paid in the first year                | factual         | moderate | none   | true
            parental leave in Germany                         | factual         | simple   | none   | true
            open source licenses that may be used             | factual         | moderate | none   | true
            with the exception of interns everybody has a key | factual         | moderate | none   | true
            electric current of a server rack                | factual         | moderate | none   | true
            what does runbooks/restart.md say about rollbacks | factual         | moderate | none   | true
            Wie viele Urlaubstage habe ich                    | factual         | simple   | none   | true
            quand ferme le bureau de Lyon                     | factual         | moderate | none   | true

            # Names of things
            vacation policy                                   | navigational    | simple   | none   | true
            error budget policy                               | navigational    | simple   | none   | true
            pricing page                                      | navigational    | simple   | none   | true
            login                                             | navigational    | simple   | none   | true
            grafana dashboard of the ingest job               | navigational    | moderate | none   | true
            docs for the billing API                          | navigational    | simple   | none   | true
            open the incident dashboard                       | navigational    | simple   | none   | true
            where can I find the style guide                  | navigational    | moderate | none   | true
            where is the security wiki                        | navigational    | simple   | none   | true
            runbooks/restart.md                               | navigational    | simple   | none   | true
            deployment runbook pom.xml                        | navigational    | simple   | none   | true
            ABC-123                                           | navigational    | simple   | none   | true
            index.refresh_interval                            | navigational    | simple   | none   | true
            --token-vectors                                   | navigational    | simple   | none   | true
            release notes for 2024                            | navigational    | simple   | period | true
            wo finde ich die Reiserichtlinie                  | navigational    | simple   | none   | true

            # Steps
            how do I restart the ingest job                   | procedural      | moderate | none   | true
            Hi, can you tell me how to request a new laptop?  | procedural      | moderate | none   | true
            how to handle errors in a consumer                | procedural      | moderate | none   | true
            I moved to Spain, how do I change the tax class   | procedural      | moderate | none   | true
            steps to request a VPN account                    | procedural      | moderate | none   | true
            guide to onboarding                               | procedural      | simple   | none   | true
            set up single sign-on with Okta                   | procedural      | moderate | none   | true
            install the agent on Ubuntu                       | procedural      | simple   | none   | true
            rotate database credentials                       | procedural      | simple   | none   | true
            reset my password                                 | procedural      | simple   | none   | false
            what is the process for hiring a contractor       | procedural      | moderate | none   | true
            Wie kann ich mein Passwort zurücksetzen?          | procedural      | moderate | none   | false
            comment configurer le VPN                         | procedural      | simple   | none   | true
            ¿cómo puedo solicitar vacaciones?                 | procedural      | simple   | none   | true
            come posso richiedere un badge                    | procedural      | simple   | none   | true
            como faço para acessar o painel                   | procedural      | moderate | none   | true
            hoe vraag ik verlof aan                           | procedural      | simple   | none   | true

            # What fails
            VPN not working                                   | troubleshooting | simple   | none   | true
            login error                                       | troubleshooting | simple   | none   | true
            cannot log in to the portal                       | troubleshooting | moderate | none   | true
            why does the deploy fail with exit code 137       | troubleshooting | moderate | none   | true
            why is my build so slow                           | troubleshooting | moderate | none   | false
            how do I fix the OutOfMemoryError in the job      | troubleshooting | moderate | none   | true
            HTTP 503 from the gateway                         | troubleshooting | simple   | none   | true
            gateway returns 502                               | troubleshooting | simple   | none   | true
            ORA-00942                                         | troubleshooting | simple   | none   | true
            E1234 while parsing the manifest                  | troubleshooting | simple   | none   | true
            java.lang.NullPointerException in the indexer     | troubleshooting | simple   | none   | true
            at dev.freshet.Main.run(Main.java:42)             | troubleshooting | simple   | none   | true
            connect ECONNREFUSED 10.0.0.1                     | troubleshooting | simple   | none   | true
            permission denied when pulling the image          | troubleshooting | moderate | none   | true
            what to do if the VPN is down                     | troubleshooting | moderate | none   | true
            Drucker funktioniert nicht                        | troubleshooting | simple   | none   | true
            le tableau de bord ne fonctionne pas              | troubleshooting | moderate | none   | true

            # Several at once
            difference between staging and production         | factual         | compound | none   | true
            Kafka vs Pulsar for event streaming               | factual         | compound | none   | true
            compare the basic plan with the team plan         | factual         | compound | none   | true
            what is the refund process and how is it started  | factual         | compound | none   | true
            Who approves expenses? Is there a limit?          | factual         | compound | none   | true
            where are backups kept. who restores them         | factual         | compound | none   | true
            What did Mr. Miller say about the U.S. office?    | factual         | moderate | none   | true
            how do the results compare with experiment        | factual         | moderate | none   | true
            methods for creep buckling of tubes and shells    | factual         | moderate | none   | true

            # Time, and who asks
            latest release of the SDK                         | factual         | simple   | recent | true
            current version of the SDK                        | factual         | simple   | recent | true
            who is on call now                                | factual         | simple   | recent | false
            what is on the canteen menu today                 | factual         | moderate | recent | false
            cities now known by other names                   | factual         | moderate | none   | true
            what happened in 2024                             | factual         | simple   | period | true
            invoices above $2024                              | factual         | simple   | none   | true
            notes of host-2024                                | factual         | simple   | none   | true
            releases in 2024.1                                | factual         | simple   | none   | true
            incidents since March 2025                        | factual         | simple   | period | true
            revenue between 2020 and 2022                     | factual         | simple   | period | true
            Q3 2025 goals                                     | factual         | simple   | period | true
            outages of last month                             | factual         | simple   | period | false
            decisions of 31 January 2026                      | factual         | simple   | period | true
            newest hires in 2024                              | factual         | simple   | period | true
            SMTP port 2025                                    | factual         | simple   | none   | true
            a budget of 2000 euros                            | factual         | simple   | none   | true
            CVE-2024-12345 and what it means                  | factual         | simple   | none   | true
            which tickets are assigned to me                  | factual         | moderate | none   | false
            our travel expenses                               | factual         | simple   | none   | false
            """)
    void queriesOfPeopleAreUnderstood(String query, String intent, String complexity, String time, boolean cacheable) {
        QueryAnalysis analysis = analysis(query);

        assertThat(List.of(
                        analysis.intent().label(),
                        analysis.complexity().label(),
                        analysis.time().label(),
                        analysis.cacheable()))
                .as(String.join("; ", analysis.reasons()))
                .containsExactly(intent, complexity, time, cacheable);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            what is ORA-00942?                            | ORA-00942
            E1234 or TS2345                               | E1234,TS2345
            java.lang.NullPointerException: null          | java.lang.NullPointerException
            set index.refresh_interval to 1s              | index.refresh_interval
            see (docs/adr/0007.md), please                | docs/adr/0007.md
            is pom.xml's parent ../pom.xml                | pom.xml,../pom.xml
            /etc/hosts and C:\\temp\\x.log                | /etc/hosts,C:\\temp\\x.log
            https://example.com/a?b=c opens               | https://example.com/a?b=c
            revert 3f9a2bc                                | 3f9a2bc
            what does --token-vectors=off do              | --token-vectors
            #1234 and CVE-2026-1234                       | #1234,CVE-2026-1234
            call indexWriter.close() in ChunkDocument     | indexWriter.close,ChunkDocument
            upgrade v3 to 4.1.2-rc1                       | v3,4.1.2-rc1
            mail oncall@example.com                       | oncall@example.com
            123e4567-e89b-12d3-a456-426614174000          | 123e4567-e89b-12d3-a456-426614174000
            copy .env to the host                         | .env
            """)
    void identifiersStandAsInTheQuery(String query, String identifiers) {
        assertThat(analysis(query).identifiers()).containsExactly(identifiers.split(",", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "and/or and client/server and 24/7 and TCP/IP/UDP",
                "e.g. the U.S. office, i.e. the one at 5 p.m.",
                "It failed.Please help",
                "a well-known step-by-step -dash -- or 3.5 km/h",
                "1234567 defaced 2024 FY2025",
                "on 31 January 2026",
                "papers on /boat-tail/ effects"
            })
    void plainWordsAreNoIdentifiers(String query) {
        assertThat(analysis(query).identifiers()).isEmpty();
    }

    @Test
    void identifiersAreBoundedInNumberAndLength() {
        StringBuilder many = new StringBuilder();
        for (int i = 100; i < 140; i++) {
            many.append("ABC-").append(i).append(' ');
        }

        assertThat(analysis(many.toString()).identifiers()).hasSize(16).startsWith("ABC-100", "ABC-101");
        assertThat(analysis("see dir/" + "a".repeat(200) + ".md").identifiers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            the "rolling restart" of "node 7"  | rolling restart,node 7
            „auf Deutsch“ “in English” «ici»   | auf Deutsch,in English,ici
            an "unclosed quote                 |
            a 19" monitor and a 21" one        |
            nothing in "" or " ?! "            |
            "twice" and "twice"                | twice
            """)
    void phrasesStandBetweenQuotes(String query, String phrases) {
        assertThat(analysis(query).phrases())
                .containsExactlyElementsOf(phrases == null ? List.of() : List.of(phrases.split(",", -1)));
    }

    @Test
    void phrasesAreBoundedInNumberAndLength() {
        assertThat(analysis("\"%s\" \"b\"".formatted("a".repeat(201))).phrases())
                .containsExactly("b");
        assertThat(analysis("\"a1\" \"a2\" \"a3\" \"a4\" \"a5\" \"a6\" \"a7\" \"a8\" \"a9\"")
                        .phrases())
                .hasSize(8);
    }

    @Test
    void domainsThatChangeAreSeen() {
        assertThat(analyzer.analysis("the pump", Map.of("water", List.of("pump")))
                        .domains())
                .containsExactly("water");
        assertThat(analyzer.analysis("the pump", Map.of("shoes", List.of("pump", " ", "++")))
                        .domains())
                .containsExactly("shoes");
    }

    @Test
    void theReasonsSayWhy() {
        assertThat(analysis("how do I restart my job today").reasons())
                .containsExactly(
                        "procedural: begins with 'how do i'",
                        "moderate: 7 words",
                        "recent: has 'today'",
                        "not cacheable: depends on who asks, has 'my'");
        assertThat(analyzer.analysis("ABC-123", Map.of()).reasons())
                .containsExactly("navigational: is a lone identifier", "simple: 1 words");
    }

    private QueryAnalysis analysis(String query) {
        return analyzer.analysis(query, Map.of());
    }
}
