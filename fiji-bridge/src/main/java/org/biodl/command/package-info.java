/** What the menu offers. Commands ask, call and show; they compute nothing. */
package org.biodl.command;
