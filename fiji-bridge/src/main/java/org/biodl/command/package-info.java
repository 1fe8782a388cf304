/** Former names of classes that users' scripts call. */
package org.biodl.command;
