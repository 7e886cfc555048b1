import type {
  BlockAction,
  EnvelopedEvent,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type {
  AppHomeOpenedEvent,
  AppMentionEvent,
  FunctionExecutedEvent,
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
  functions: FunctionExecutedEvent;
  others: EnvelopedEvent | BlockAction | GlobalShortcut | MessageShortcut | ViewSubmitAction | ViewClosedAction | SlashCommand;
}
