import type { BlockAction, EnvelopedEvent, SlashCommand, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import type {
  AppHomeOpenedEvent,
  AppMentionEvent,
  HomeView,
  KnownBlock,
  MemberJoinedChannelEvent,
  MessageEvent,
  ModalView,
  ReactionAddedEvent,
  ReactionRemovedEvent,
} from '@slack/types';

export interface Contracts {
  sent: KnownBlock | HomeView | ModalView;
  events: AppHomeOpenedEvent | AppMentionEvent | MemberJoinedChannelEvent | ReactionAddedEvent | ReactionRemovedEvent;
  messages: MessageEvent;
  others: EnvelopedEvent | BlockAction | ViewSubmitAction | ViewClosedAction | SlashCommand;
}
