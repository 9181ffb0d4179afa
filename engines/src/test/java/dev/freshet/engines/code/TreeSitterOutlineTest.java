package dev.freshet.engines.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.CodeLanguage;
import dev.freshet.core.chunk.CodeOutline.Definition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TreeSitterOutlineTest {
    private final TreeSitterOutline outline = new TreeSitterOutline();

    @Test
    void java() {
        String text = """
                package a;

                /** Last in, first out. */
                public final class Stack<T> {
                    private int size;

                    // Adds.
                    @Override
                    public void push(T value) { size++; }

                    Stack() {}

                    enum Kind { A, B }
                }

                record Pair(int a, int b) {}
                """;

        assertThat(names(CodeLanguage.JAVA, text)).containsExactly("Stack", "push", "Stack", "Kind", "Pair");
        assertThat(textOf(CodeLanguage.JAVA, text, "push"))
                .startsWith("// Adds.")
                .endsWith("{ size++; }");
        assertThat(textOf(CodeLanguage.JAVA, text, "Stack")).startsWith("/** Last in");
    }

    @Test
    void python() {
        String text = """
                import os

                # Greets.
                @cache
                def greet(name):
                    def inner():
                        pass
                    return inner

                class Stack:
                    async def push(self):
                        pass
                """;

        assertThat(names(CodeLanguage.PYTHON, text)).containsExactly("greet", "inner", "Stack", "push");
        assertThat(textOf(CodeLanguage.PYTHON, text, "greet")).startsWith("# Greets.\n@cache\ndef greet");
    }

    @Test
    void javaScript() {
        String text = """
                const limit = 3;
                // Doubles.
                export const twice = (x) => 2 * x;
                export default class Stack {
                  push(value) {}
                }
                function* endless() {}
                """;

        assertThat(names(CodeLanguage.JAVASCRIPT, text)).containsExactly("twice", "Stack", "push", "endless");
        assertThat(textOf(CodeLanguage.JAVASCRIPT, text, "twice")).startsWith("// Doubles.\nexport const");
    }

    @Test
    void typeScript() {
        String text = """
                export interface Shape { area(): number; }
                type Id = string;
                namespace shapes { export class Circle implements Shape { area(): number { return 3; } } }
                enum Kind { A }
                abstract class Base {}
                """;

        assertThat(names(CodeLanguage.TYPESCRIPT, text))
                .containsExactly("Shape", "Id", "shapes", "Circle", "area", "Kind", "Base");
    }

    @Test
    void go() {
        String text = """
                package a

                // Stack is one.
                type Stack struct { size int }

                func (s *Stack) Push(v int) { s.size++ }

                func main() {}
                """;

        assertThat(names(CodeLanguage.GO, text)).containsExactly("Stack", "Push", "main");
    }

    @Test
    void rust() {
        String text = """
                /// A stack.
                #[derive(Debug)]
                pub struct Stack { size: usize }

                impl Stack {
                    pub fn push(&mut self) {}
                }

                trait Shape { fn area(&self) -> f64 { 0.0 } }

                mod inner { fn hidden() {} }
                """;

        assertThat(names(CodeLanguage.RUST, text))
                .containsExactly("Stack", "Stack", "push", "Shape", "area", "inner", "hidden");
        assertThat(textOf(CodeLanguage.RUST, text, "Stack")).startsWith("/// A stack.\n#[derive");
    }

    @Test
    void c() {
        String text = """
                struct used *pointer;
                struct stack { int size; };
                static char *name(struct stack *of) { return 0; }
                #ifdef X
                int hidden(void) { return 1; }
                #endif
                """;

        assertThat(names(CodeLanguage.C, text)).containsExactly("stack", "name", "hidden");
    }

    @Test
    void cPlusPlus() {
        String text = """
                namespace shapes {
                template <typename T>
                class Stack {
                 public:
                  void push(T value) { size_++; }
                };
                }
                int shapes::Stack<int>::size() const { return 0; }
                """;

        assertThat(names(CodeLanguage.CPP, text))
                .containsExactly("shapes", "Stack", "push", "shapes::Stack<int>::size");
        assertThat(textOf(CodeLanguage.CPP, text, "Stack")).startsWith("template");
    }

    @Test
    void offsetsAreThoseOfCharactersAlsoBehindOthersThanAscii() {
        String text = "// Grüße 😀 世界\nclass Größe {}\n";

        assertThat(outline.definitions(CodeLanguage.JAVA, text))
                .containsExactly(new Definition("Größe", 0, text.length() - 1));
    }

    @Test
    void brokenCodeKeepsTheDefinitionsThatCanBeMadeOut() {
        String text = """
                class Whole { void kept() { call(); } }
                class Broken { void open() { if (
                """;

        assertThat(names(CodeLanguage.JAVA, text)).contains("Whole", "kept");
    }

    @ParameterizedTest
    @EnumSource(CodeLanguage.class)
    void whateverATextIsItsDefinitionsLieInItOneInTheOtherOrApart(CodeLanguage language) {
        Random random = new Random(language.label().hashCode());
        String[] parts = {
            "class A {",
            "}",
            "{",
            "(",
            ")",
            "def f():\n",
            "fn f() {",
            "func f() {",
            "\n",
            "  ",
            "\"",
            "/*",
            "*/",
            "'''",
            "template <",
            "struct s",
            ";",
            "#if 0\n",
            "=> {",
            "😀",
            "\u0000",
            "function f(a, b) {",
            "//",
            "x = 1"
        };
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            List<Definition> definitions = outline.definitions(language, text.toString());
            for (int j = 0; j < definitions.size(); j++) {
                Definition definition = definitions.get(j);
                assertThat(definition.start()).isBetween(0, text.length());
                assertThat(definition.end()).isBetween(definition.start(), text.length());
                if (j > 0) {
                    assertThat(definition.start())
                            .isGreaterThan(definitions.get(j - 1).start());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CodeLanguage.class)
    void endlessNestingIsReadAsFarAsItMakesSense(CodeLanguage language) {
        String deep = "class A { void f() { if (x) { ".repeat(300);

        assertThat(outline.definitions(language, deep).size()).isLessThan(200);
    }

    private List<String> names(CodeLanguage language, String text) {
        return outline.definitions(language, text).stream()
                .map(Definition::name)
                .toList();
    }

    private String textOf(CodeLanguage language, String text, String name) {
        return outline.definitions(language, text).stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .map(definition -> text.substring(definition.start(), definition.end()))
                .orElseThrow();
    }
}
