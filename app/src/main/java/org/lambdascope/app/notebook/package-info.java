/** What a notebook shows in its page: pictures and tables as text. No kernel is named here. */
package org.lambdascope.app.notebook;
