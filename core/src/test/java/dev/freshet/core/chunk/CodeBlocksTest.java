package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.CodeOutline.Definition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodeBlocksTest {
    private static final String CODE = """
            import words;

            class Stack {
              int size;

              void push() {
                first step;

                second step;
              }

              void pop() { size--; }

              int limit = 3;
            }

            int after = 1;
            """;

    @Test
    void definitionsBeginBlocksAndWhatIsAroundThemKnowsWhereItLies() {
        List<Block> blocks = read(List.of(
                definition("Stack", "class Stack", "3;\n}"),
                definition("push", "void push", "step;\n  }"),
                definition("pop", "void pop", "size--; }")));

        assertThat(blocks.stream().map(CodeBlocksTest::described))
                .containsExactly(
                        "CODE 0  import words;",
                        "DEFINITION 1 Stack class Stack {",
                        "DEFINITION 2 push void push() {",
                        "DEFINITION 2 pop void pop() { size--; }",
                        "CODE 1  int limit = 3;",
                        "CODE 0  int after = 1;");
        assertThat(String.join("", blocks.stream().map(CodeBlocksTest::text).toList()))
                .isEqualTo(CODE);
    }

    @Test
    void aChunkKnowsTheDefinitionsAboveItAndTheFirstInIt() {
        CodeOutline outline = (language, text) -> List.of(
                definition("Stack", "class Stack", "3;\n}"),
                definition("push", "void push", "step;\n  }"),
                definition("pop", "void pop", "size--; }"));
        Chunker chunker = ChunkStrategy.AUTO.chunker(Documents.WORDS, new ChunkSize(2, 6, 8), outline);

        List<TextChunk> chunks = chunker.chunk("text/x-java; charset=utf-8", CODE);

        assertThat(chunks)
                .filteredOn(chunk -> chunk.text().contains("second step"))
                .allSatisfy(chunk -> assertThat(chunk.parts().symbol()).isEqualTo("Stack.push"));
        assertThat(chunks).filteredOn(chunk -> chunk.text().contains("pop()")).allSatisfy(chunk -> {
            assertThat(chunk.headingPath()).containsExactly("Stack");
            assertThat(chunk.parts().codeLanguage()).isEqualTo("java");
        });
        assertThat(chunks)
                .filteredOn(chunk -> chunk.text().startsWith("int after"))
                .allSatisfy(chunk -> {
                    assertThat(chunk.headingPath()).isEmpty();
                    assertThat(chunk.parts().symbol()).isEmpty();
                });
    }

    @Test
    void codeInALanguageThatIsNotKnownIsCutAtBlankLines() {
        assertThat(new CodeBlocks(CodeOutline.NONE)
                        .read("text/x-cobol", "A.\n\nB.\n").stream().map(Block::type))
                .containsExactly(BlockType.CODE, BlockType.CODE);
    }

    private static List<Block> read(List<Definition> definitions) {
        return new CodeBlocks((language, text) -> definitions).read("text/x-java", CODE);
    }

    private static Definition definition(String name, String from, String to) {
        return new Definition(name, CODE.indexOf(from), CODE.indexOf(to) + to.length());
    }

    private static String described(Block block) {
        return Stream.of(
                        block.type().name(),
                        String.valueOf(block.level()),
                        block.title(),
                        text(block).strip().lines().findFirst().orElse(""))
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    private static String text(Block block) {
        return CODE.substring(block.start(), block.end());
    }
}
