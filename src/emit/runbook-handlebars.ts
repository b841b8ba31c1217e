/** Our own Handlebars: no HTML escaping, since the output is Markdown, and no value may be missing. */
import Handlebars from 'handlebars';
import { partials } from './runbook-templates.ts';
import { tidyMarkdown } from './markdown.ts';

/** Renders one of our templates; a value that it names and the view lacks is an error. */
export function renderTemplate(template: string, view: object): string {
  const handlebars = Handlebars.create();
  handlebars.registerPartial(partials);
  const render = handlebars.compile<object>(template, { noEscape: true, strict: true, knownHelpersOnly: true });
  return tidyMarkdown(render(view, { allowProtoPropertiesByDefault: false }));
}
