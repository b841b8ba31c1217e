/** Stands in for `linkify-it`, which markdown-it makes at its start and, with linkify off, never asks. */
export class LinkifyIt {
  pretest(): boolean {
    return false;
  }
}
