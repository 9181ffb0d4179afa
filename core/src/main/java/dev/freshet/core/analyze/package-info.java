/**
 * What a query asks for, before anything is searched. In: the text of a query. Out: its intent, its parts and why they were seen, from
 * which a plan is made; and other wordings of it. Rules are pure and answer at once; a language model may stand behind the same ports.
 */
@NullMarked
package dev.freshet.core.analyze;

import org.jspecify.annotations.NullMarked;
