"""What was learned from messages: how much a word speaks for one side. benchmarks/learning.py writes it.

A feature and its part in the logarithm of the odds. A word stands alone or with the next one, `^` is the beginning of a
text and `$` its end; `<number>`, `<emoji>`, `<link>`, `<@>` and `<#>` are kinds of words, and names with `@` are signs.
"""

NOTES_LEARNED = """
@always=-2.22 !=-0.75 !!=1.7 %=-0.55 %_)=-1.75 %_of=0.95 )=-0.38 )_$=3.95 )_:=0.37 +=1.24 ,=1.03 ,_$=-2.47
,_<number>=-1.33 ,_and=-3.87 ,_c'est=-0.39 ,_die=-0.24 ,_el=0.48 ,_half=-0.17 ,_i=3.62 ,_in=-0.28 ,_it's=0.52
,_je=0.77 ,_le=-0.57 ,_lo=1.13 ,_no=0.68 ,_não=1.11 ,_o=0.32 ,_one=-0.54 ,_only=-0.44 ,_says=-0.78 ,_she=0.86
,_that's=0.83 ,_the=0.25 ,_we=-2.3 ,_wed=0.77 -=0.6 .=-2.53 .._$=3.54 ._$=1.61 ._)=-0.43 :_$=-1.24 <#>=-2.88
<#>_$=-0.33 <@>_$=-0.8 <emoji>=-1.41 <emoji>_$=1.35 <link>=-3.99 <number>=-0.48 <number>_$=2.09 <number>_%=-0.37
<number>_,=0.28 <number>_.=0.99 <number>_<emoji>=2.22 <number>_?=1.21 <number>_a=-0.23 <number>_and=0.83
<number>_days=-0.83 <number>_h=0.45 <number>_min=1.03 <number>_now=-0.49 <number>_to=-0.5 <number>_words=1.65
??=0.51 ??_$=0.33 ?_$=0.38 @before-a-list=-1.75 @blank-line=0.21 @brackets=0.29 @colon=2.3 @first=1.02 @over-1=-1.2
@over-10=-0.7 @over-16=-1.46 @over-3=-0.54 @over-6=-0.21 @own-line=1 @question=0.46 @question-behind=1.51
@small=0.61 @unended=1.53 ^_-=-0.18 ^_<#>=-0.34 ^_<@>=2.09 ^_<emoji>=-1.85 ^_<number>=-1.14 ^_a=-1.03 ^_all=-0.14
^_an=-1.26 ^_at=0.89 ^_b=-2.59 ^_brave=-0.58 ^_but=-0.64 ^_by=-2.41 ^_c'est=0.29 ^_card=-0.05 ^_come=-0.59
^_con=0.59 ^_correction=-0.19 ^_cta=3.77 ^_day=0.22 ^_dear=-0.38 ^_do=1.93 ^_du=-0.55 ^_día=4.57 ^_ele=-0.28
^_en=1.84 ^_ending=3.01 ^_er=0.28 ^_first=-1.41 ^_fixed=2.33 ^_for=1.59 ^_frame=-0.96 ^_free=1.22 ^_fri=1.34
^_goal=1.03 ^_good=0.47 ^_help=0.46 ^_here=1 ^_here's=2.91 ^_hi=1.59 ^_his=0.53 ^_i'd=3.06 ^_ich=0.46 ^_if=-0.09
^_ig=1.77 ^_il=-0.23 ^_in=-0.12 ^_is=1.66 ^_it=-1.04 ^_it's=-0.83 ^_je=0.46 ^_kindly=0.38 ^_li=0.1 ^_lo=-0.42
^_me=0.87 ^_monday=-1.05 ^_mythos=-0.13 ^_na=-0.21 ^_no=1.06 ^_non=-0.25 ^_nos=2.48 ^_not=0.18 ^_note=3.2 ^_now=0.14
^_o=1.52 ^_old=1.59 ^_on=-0.27 ^_one=-0.07 ^_opción=2.46 ^_opinions=2.56 ^_option=4.02 ^_or=-1.1 ^_our=0.6
^_ours=-0.49 ^_please=-0.29 ^_post=2.56 ^_pov=-0.89 ^_recall=-1.66 ^_reel=0.13 ^_scene=-0.09 ^_she=-0.87
^_she's=-0.52 ^_si=0.37 ^_sin=2.2 ^_since=1.57 ^_slide=-1.8 ^_so=-0.5 ^_sold=-0.53 ^_someone=-1.22 ^_sunday=0.56
^_ten=-1.36 ^_text=-0.6 ^_thanks=-0.58 ^_the=-1.09 ^_then=-0.37 ^_there's=-1.79 ^_this=-0.81 ^_to=-0.55
^_today=-0.17 ^_too=1.06 ^_took=4.85 ^_tres=-0.27 ^_trois=0.38 ^_trop=0.07 ^_tweet=4.53 ^_two=-0.12 ^_v3=0.3
^_versie=0.82 ^_wanted=-0.22 ^_we=-1.83 ^_wer=-0.56 ^_what=-1.76 ^_what's=-1.8 ^_when=-0.41 ^_wir=-1.2 ^_with=0.54
^_y=0.21 ^_yo=-0.09 ^_your=-0.59 a=-0.57 a.m=-0.36 a_$=1.92 a_:=2.4 a_<number>=-0.35 a_la=0.99 a_minute=1.04
aan=0.44 ab=-1.39 abbiamo=-0.44 about=0.68 about_it=0.56 above=0.78 account=1.47 ad=0.44 added=0.95 after_lunch=0.61
afternoon=1.78 again=-0.31 agreed=2.05 al=-0.85 all=0.23 all_summer=2.4 alles=-1.78 along=-0.07 als=-0.22 alt=-0.9
always=0.46 am=-1.28 an=-0.06 and=-0.27 and_not=4.55 and_the=1.73 and_this=5.04 another=-0.52 ans=-0.57
answer_.=-0.17 antes=1.62 any=0.63 anyone=0.85 appointment=-0.14 approved=0.35 approved_.=5.41 après=-0.56 are=0.48
are_in=2.48 are_open=-0.84 arriba=-2.44 as=1.37 ask_us=2.06 asked=1.63 asked_me=-3.5 asked_to=0.4 asking=0.62
asks=0.76 assim=1.5 at_<number>=0.06 at_least=1.6 at_the=-0.25 attached=3.04 attempt=1.63 au=0.38 auch=-0.79
avant=0.15 b=3.39 b_$=0.11 back=-0.73 background=4.34 batch=-0.28 be=0.47 because=1.81 been=-0.21 before=0.94
before_you=1.13 behind=-0.07 bei_der=1.81 being=0.5 below=1.44 ben=0.99 bestätigt=3.86 big=-1.28 bild=1.49 bin=0.57
birthday=0.62 bis=-0.6 bit=2.17 bitte=3.27 blue=-0.63 board_.=2.7 book=-1.24 books=-1.1 bos=0.42 bos_,=0.96
boss=1.89 both=0.18 brave=-0.54 breaks=-0.2 bring=-2.02 budget=2.59 butter=-0.69 by=1.42 by_<number>=-0.47
by_four=0.35 by_half=1.09 by_the=-0.68 café=-0.39 call=-0.27 called=1.84 can=0.44 can't=0.72 can_go=1.18 can_i=-2.59
can_we=4.49 cancelled=-0.57 caption=2.07 caption_:=0.06 carousel=4.21 case=0.9 cat=-0.2 ce=-1.84 ce_qui=-1.11
cell=-0.22 centre=2.72 ceo=1.05 changed=4.42 changes=1.87 channel=1.61 che=-0.56 check=2.27 checked=1.42 chi=-0.11
clave=-1.15 cleared=2.73 client=2.96 closed=-4.03 closing=2.11 club=-0.27 coffee=0.54 cold=-0.39 com=1.85
coming=0.15 comma=5.49 commentaire=2.58 comments=3.85 con=1.06 confirm=2.45 confirmed=1.35 cook=-0.75 copy=2.22
correct=2.07 correction=-1.06 corta=0.23 court=1.98 credit=1.9 customer=-1.7 cv=-0.14 czy=1.29 da=-1.15 danke=-1.37
das=1.24 date=0.24 day=-0.36 day_:=1.83 days=-0.54 de_<number>=-0.5 de_la=0.09 dein=-2.08 del=0.56 dem=0.66 den=1.75
der=-0.11 des=-1.43 dia_<number>=2.06 dice=1.09 did=-1.71 didn't=-2.56 die=0.33 dit=0.47 does=0.98 dois=2.07
don't=0.38 done_.=1.79 door_.=-0.16 doors=-0.68 down=-1 draft=3.7 drive=1.2 due=1.6 durch=0.5 e=-1.74 ear=3.48
earlier=2.02 eat=-0.09 een=-2.74 eerste=2.22 ein=-1.54 el=0.57 ele=-0.42 eleven=-0.22 em=-0.93 emojis=4.47
empty=-0.44 en=-0.75 en_la=-0.54 end=-1.87 end_.=2.89 ende=2.46 ending_<number>=0.77 engineer=-0.13 engineers=1.75
english=1.23 enough_.=-0.51 entre=0.37 ersten=-3.75 erster=1.75 es=0.33 este=-0.21 esto=1.52 está=3.19 et=-0.62
every=-2.95 everyone=-1.22 eyes=2.02 face=1.8 facebook=3.58 fair=0.7 families=1.59 far=1.85 fb=3.75 feedback=1.81
fill=3.13 fin=-2.25 final=0.08 finally=1.02 finance=5.04 fine=0.08 fine_with=3.48 fireworks=-0.62 first=0.06
first_:=0.77 first_line=0.62 first_name=2.45 fish=-1.52 fitted=1.95 five_.=2.19 fixed_:=-2.71 flushable=-1.51
folder=5.78 follow=0.78 follow_after=1.73 food=-1.48 for=0.86 for_<number>=-0.38 for_a=-0.51 for_an=0.35
for_the=0.32 for_today=1.36 for_you=-1.3 foto=3.53 found=-0.29 found_:=-0.21 frames=0.85 frau=1.49 free=-1.27
free_.=3.06 fri=1.84 fri_:=-3.67 from=0.69 from_outside=2.82 from_the=0.39 frost_.=0.79 fünf=1.47 für_die=2.31
gap=-0.1 geen=-1.22 gerd=4.22 get=0.35 gibt=-1.15 give_the=1.01 gleich=-0.34 go=1.14 goes=2.21 goodnight=1.34
got=0.59 got_the=0.6 guten_morgen=1.3 h=1.24 hab=2.17 haben=-0.32 half=-0.36 hall=0.78 hands=1.47 has=0.07
has_to=0.85 hashtags=4.66 hasta=0.61 hat=1.34 hates=2.19 have_gone=3.88 have_one=-0.09 hay=-1.78 he=-0.17 head=2.89
headline=2.73 help_.=2.51 hem=0.12 here_.=-0.78 heute=-0.73 hide=-0.22 hier=-0.46 hola_,=-0.09 holiday=-0.5
honest_.=1.94 hose=-1.05 hot=-0.58 hotel=0.84 hour_,=0.4 hour_.=0.75 hours=-0.48 how=-6.1 hoy=-0.66 hr=3.02
hurry=-0.79 i=1.59 i'd=1.36 i'll=0.77 i'm=2.26 i've=2.88 i_asked=1.56 i_don't=2.1 i_know=2.21 i_should=-0.34
ich=1.95 id=0.17 if=0.99 if_we=2.5 if_you=-0.84 ig_:=2.22 ihr=-0.75 ihr_das=-0.97 ik=3.27 il=0.08 image=2.32
imo=1.63 in=-0.42 in_.=0.64 in_<number>=-0.06 in_or=2.51 in_the=0.57 in_this=-2.47 in_three=1.58 includes=2.85
ins=0.24 insta=3.17 insurance=3.1 is_in=1.42 is_it=0.72 is_what=0.61 isn't=0.72 ist=0.32 it=1.47 it's=0.62
it's_too=-0.52 it_$=0.89 it_.=0.31 it_and=1.02 it_from=-1.11 j'ai=0.41 ja=-0.5 jaar=-0.15 je=0.39 jeszcze=0.5
job=-0.44 joke=1.39 jokes=2.25 judge=2.6 july=-0.2 jury=1.67 keep_the=1.67 keine=-0.39 kept=1.84 kettle=-1.52
keys=0.36 kind=0.63 kindly=3.64 kit=-1.7 kleine=-0.31 knitting=-0.12 know=1.29 kommen=-0.28 kommt=1.6 la=0.81
lab=0.41 lang=1.6 las=-0.07 las_<number>=0.99 last=0.84 last_time=0.9 laughed=3.52 leave=-0.28 legal=2.09
lentil=-0.42 les=-0.32 letzte=-0.84 level=-0.5 li=2.11 ligne=-2.89 like=0.61 like_to=-3.23 limited=-1.05 line=0.05
line_is=0.29 link=1.73 link_in=-0.52 linked=1.51 linkedin=5.95 live=0.19 lo=0.85 logo=2.38 lol=0.25 long=0.33
long_one=0.33 los=-0.39 lost=-0.64 love=-0.7 made=-0.78 mag=1.53 mail=1.19 main=0.54 mais=0.31 mal=1.81 map=0.13
mardi=-1.02 market=-1.59 match=-0.91 max=5.22 may=-0.46 maybe=3.98 me=2.45 me_.=0.39 me_:=0.27 meant_to=0.68
meet=-1.44 mehr=-0.24 menos=0.38 mention=5.26 menu=-2.91 message=1.94 mi=1.21 midi=2.56 might=1.52 milk=-2.03
min=1.63 mine=0.47 minute=0.27 minutes=-0.19 mit=0.16 mo=1.34 mon=-0.16 monday_:=-0.33 money=-0.86 month=-1.13
more=-0.84 morgen=0.77 morning_!=2.02 most=-1.79 music=0.73 my=0.52 na=0.11 nach=1.4 name=2.02 names=1.27 ne=2.69
need=1.76 needs=2.35 neu=-1.15 never=-0.86 new=-1.09 news=-1.07 nicht=0.36 niet=1.2 night=-0.56 nine_days=1.59
no_.=0.12 nobody_named=2.63 noch=0.99 nog=2.66 noise=-0.11 non=-0.24 not=0.68 not_a=0.15 not_for=0.99 note_:=-0.41
notes=-1.81 nothing=0.57 nous=-0.5 now_,=-2.14 now_.=0.73 now_:=1.12 number=2 number_<number>=-2.6 numbers=1.09
nur=0.58 o=0.52 of=-0.56 of_the=0.46 off=0.49 office=2.03 office_.=1.36 often_.=-2.97 ohne=0.65 ok=2.73 ok_?=-0.82
okay=0.88 old=1.14 on=0.08 on_friday=-2.45 on_it=0.53 once=2.5 one's=1.65 one's_for=-0.05 one_,=1.23 one_.=0.81
one_:=-0.92 one_for=0.79 only=0.34 only_.=0.61 only_if=2.75 only_the=-0.16 ont=0.72 onze=-0.18 op=-1.27 opción=0.89
open=-0.83 opens=-1.13 or=-0.26 or_is=0.29 order=0.5 os=0.76 otra=1.54 ou=-0.23 our=-3.24 out=0.52 out_.=-0.71
outside=0.53 own=1.24 page=0.05 page_.=2.51 pan=-0.34 pantalla=3.59 paper=-0.49 papers=-0.33 para=0.56 para_el=0.09
parental=2.3 part=0.17 pas=-0.6 pass=1.73 patch=-1.68 people=-0.6 people_.=1.07 per=1.17 per_la=0.25 phone=0.79
phone_.=2.16 photo=1.67 photo_.=1.17 photos=1.65 pic=3.31 pick=0.15 picture=3.45 pie=-0.36 pike=-0.76 plain=0.91
planned=-0.68 please=0.62 please_be=4.02 plenty=-1.17 pls=0.72 polls=0.82 pool=2.02 por=-0.62 post=2.87
postponed=-0.31 pour=1.78 pour_les=-0.48 pov=-0.63 pov_:=-1.5 pra=2.26 premier=-2.23 press=1.29 price=1.3
price_,=0.78 primer=2.12 pro=-0.06 problem=1.67 production=-1.29 promise_.=0.2 pumpkin=-0.7 push=5.84 pushes=-1.92
put=0.95 quality=2.07 quand=0.21 que_no=2.48 qui_a=3.32 quiet=-1.48 quote=9.37 qué=0.32 rain=-0.79 ran=2.48
range=-1.54 rangers=0.89 read=0.95 recall=0.45 recall_:=-0.43 recycling=0.95 red=-0.89 reel=2.49 refund=0.09
regular=1.35 reminder=-0.43 removed=1.21 reply=2.13 report=-0.82 requested=0.73 retail=1.09 return=-1.52 right=1.86
right_.=-0.19 road=-0.3 row=-0.14 running=-0.57 s=0.82 sad=0.26 salary=0.22 salary_in=0.43 salt=-0.47 samedi_,=-0.84
sans=-0.3 say=1.56 say_it's=0.24 says=0.94 says_the=1.64 scene=-0.34 schedule=1.19 schon=0.07 school=0.78 se=0.72
season=-0.22 seats=-1.05 second=0.8 second_sentence=0.93 see=1.37 seeing=-0.34 seen_it=1.38 seguro=2.38
sensitive=2.86 sent=1.42 senza=1.03 series=2.71 she=0.33 she'd_like=0.71 she's=0.51 short=1.5 shorter=0.93
should=-1.12 si=1 sick=0.95 side=3.59 sie=-3.89 signed=1.91 signora=0.17 sin=0.44 since=-0.37 site=0.85 six=-0.26
sleep=-0.27 slide=1.99 slowly=-0.53 so=1.41 so_,=0.24 so_it's=0.68 so_we=-0.52 solo=0.23 some=-1.44 somebody=1.23
something=1.35 somewhere=2.1 sorry_about=-1.73 sorry_for=1.31 soup=-1.15 source=1.99 spelling=0.08 stand=-0.86
start_:=-0.65 starts_at=0.56 station=-0.28 status=0.4 status_:=0.59 stay=-0.71 sticker=2.23 still=0.64 stock=-0.23
stories=0.61 story=1.95 story_,=1.46 street=-0.12 su=1.02 subject_line=1.12 summer_.=-0.49 sunday_evening=2.5
tag=-1.12 takes=-0.78 taking=-1.58 talk=-1.8 talked=0.36 tap=0.73 tea=-1.11 team=0.81 tears=0.11 tears_.=0.27
tekst=1.99 template=1.08 termin_:=-0.18 text=3.87 texte=1.1 texto=3.06 thanks_for=-1.2 that=0.45 that's=0.38
that's_<number>=0.19 that's_the=1.64 that's_what=1.16 the=0.29 the_<number>=1.07 the_best=-0.11 the_comments=-3.24
the_day=-1.24 the_end=1.54 the_frost=3.82 the_gate=2.89 the_last=0.14 the_lunch=-1.14 the_numbers=1.53 the_one=0.33
the_other=0.93 the_others=0.19 the_price=-0.91 the_right=-0.38 the_second=0.15 the_series=4.72 the_way=-0.9
their=0.42 them_,=-0.24 there=-0.22 they=0.07 they're=0.88 they_have=2.69 they_want=3.64 thin=-0.22 thing=1.36
things=-0.31 this=1.28 this_has=3.18 this_is=1.17 this_morning=1.69 this_one=2.11 this_post=-3.09 this_week=-0.98
thoughts=0.51 thread=1.84 three=-0.9 three_.=-0.48 three_:=-2.49 through=1.53 thursday=-0.53 tickets=-0.97
tiktok=0.57 till=0.79 tip=-0.1 tips=3.79 to=-0.05 to_a=-1.61 to_answer=5.68 to_be=0.84 to_come=0.27 to_give=0.84
to_the=-0.61 today=-0.86 today_.=-0.23 tomorrow=1.67 ton=0.06 tonight=-1.67 too=1.67 too_.=-1.25 too_late=-0.67
touch=0.23 train=0.54 trick=0.75 tu=-2.34 tue_:=-0.55 tuesday=-1.08 turning=-0.7 two=-0.52 two_,=-1.13 u=-0.7
um=1.33 un=-2.19 una=-0.55 und=-0.99 under=-1.17 union=3.76 unless=3.56 uns=-1.73 unser=-0.9 unsere=-0.63
until=-0.15 until_<number>=2.23 up=-1.25 update=-0.9 update_:=-0.39 us=-0.08 us_.=-1.76 us_for=2.09 use=1.35
used=0.07 usual=-0.43 v2=3.3 v3=1.43 va=0.35 van=0.59 verdict=-0.74 versie=0.67 versie_<number>=2.45 version=4.34
versione=0.34 versions=3 video=0.84 você=-0.55 voor=1.19 vor=-0.26 votre=-1.96 w=1.12 waiting_for=3.8 want_a=3.12
want_to=-1.82 wanted_:=-1.36 wants=2.39 wants_it=0.56 war=-1.62 was=-0.65 was_left=1.74 was_the=-1.58 wasser=-0.1
watch=-0.84 water=-0.75 we=-0.2 we'll=-3.11 we're=-0.79 we're_in=3.74 we've=-3.01 we_are=3.4 we_asked=-0.1
we_get=0.07 wed_:=-0.55 weekend=-1.45 weg=0.37 welcome_.=0.29 well_,=0.3 wer=-0.91 what=-0.23 what_a=1.47
what_i=0.29 what_would=-0.09 when=0.59 where=-1.62 whether=2.36 who=-0.84 why=-1.09 wide=-1.04 will=0.06 winter=-0.8
wir_die=2.1 wird=-0.11 with_the=1.03 word=2.93 words=1.09 works=1.15 worry=0.41 would=3.01 would_be=1.4
wouldn't=0.23 wrong=1.28 wrote=0.41 x=1.75 ya=0.29 year=-0.99 years=-3.16 yes=-0.17 yes_,=-0.26
yesterday's_post=-0.4 yet_.=3.71 you=-2.5 you'll=-0.47 you're=-2.3 you_?=2.18 you_see=2.74 you_think=0.46 your=-2.23
yours=-0.35 z=-0.08 za=0.38 zero=1.19 zo=1.6 zu=1.08 zum=-0.32 zwei=-0.53 à=1.29 à_<number>=-0.95 à_la=-0.41 ça=0.55
è=1.1
"""
"""For words to colleagues at the beginning or the end of a message, against the draft's own."""
MESSAGES_LEARNED = """
@always=-1.15 !=0.2 !!=-0.86 !!_<emoji>=-1.36 !_$=-0.25 !_<emoji>=-1.45 $_<number>=0.13 %_.=-1.14 %_off=0.21 &=0.68
'=1.14 '_$=0.06 (_it's=2.3 )=-0.32 )_,=-0.42 +=-1.26 ,=-0.47 ,_<number>=0.31 ,_a=0.42 ,_and=0.88 ,_but=0.53
,_c'est=0.26 ,_don't=0.1 ,_four=-0.22 ,_from=0.68 ,_get=0.13 ,_half=0.1 ,_i=-0.12 ,_i'm=0.23 ,_it=-0.58
,_nothing=-0.09 ,_one=0.96 ,_que=-0.12 ,_same=0.59 ,_so=-0.14 ,_the=-0.08 ,_who=0.34 -=0.61 .=0.92 .._$=0.37
._$=-0.09 ._(=0.35 ._<number>=0.14 ._ask=0.11 ._back=-0.27 ._do=-0.86 ._don't=-0.08 ._every=0.59 ._hoy=0.8 ._i=-0.48
._i'm=-0.37 ._i've=-0.21 ._if=0.5 ._il=0.71 ._it=0.33 ._it's=-0.2 ._last=-0.3 ._le=1.07 ._no=-0.34 ._nobody=-0.18
._our=1.84 ._saturday=0.16 ._si=0.34 ._that's=0.97 ._the=0.44 ._then=1.16 ._today=0.3 ._we=1.02 ._we're=0.43
._what=0.09 ._yo=0.49 ._you=0.46 :=0.6 :_$=-3.75 :_)=-0.38 :_-=-3.01 :_<#>=-0.51 :_<number>=-0.42 :_no=-0.81
:_one=0.34 :_the=0.21 :_what=0.31 <#>_$=0.53 <#>_<#>=0.3 <@>=4.68 <emoji>=0.32 <emoji>_$=-0.2 <link>=-1.3
<number>=0.17 <number>_,=-0.28 <number>_:=0.09 <number>_am=0.2 <number>_followers=-0.07 <number>_has=-0.84
<number>_km=0.3 <number>_likes=-0.34 <number>_p.m=1.07 <number>_people=0.55 <number>_posts=-0.05
<number>_words=-0.26 >=-0.39 ?_$=-0.12 ?_<emoji>=0.19 ?_a=0.39 ?_no=-0.06 @answer=-0.87 @asking-1=0.36
@asking-2=0.83 @calls=0.92 @colleagues=-1.55 @emoji=1.29 @hashtag=2.46 @lines=0.69 @many-emoji=0.38 @many-lines=0.66
@me=-1.39 @mild-request=-0.33 @money=0.66 @names=1.2 @notes=-2.29 @over-10=-0.22 @over-16=0.22 @over-3=1.46
@over-30=1.06 @over-6=0.37 @question=-1.1 @quotes=-1.49 @request=-1.01 @single=-0.73 @small-start=-1.63
@status=-0.25 @team=-1.63 @thanks=-0.99 @thanks-last=-0.31 @unended=0.18 @us=0.27 @you=0.54 ^_<@>=-4.02
^_<emoji>=-1.73 ^_<number>=0.93 ^_a=0.33 ^_and=-1.26 ^_anyone=-0.44 ^_be=0.06 ^_but=-0.98 ^_can=-0.68 ^_could=-0.23
^_de=-0.29 ^_delivery=-0.23 ^_der=-0.05 ^_die=-0.11 ^_e=-0.19 ^_el=-0.55 ^_every=0.79 ^_hi=0.08 ^_i=-1.3 ^_i'm=-0.82
^_is=-0.35 ^_it=-0.98 ^_meet=0.22 ^_monday=0.31 ^_no=0.34 ^_oh=-0.99 ^_or=-0.39 ^_our=-0.69 ^_please=-1.36
^_some=0.12 ^_that=-0.23 ^_that's=-0.57 ^_the=-0.49 ^_there=-0.37 ^_three=0.63 ^_we'll=-0.41 ^_we're=-0.2 ^_why=0.35
^_you=-0.66 ^_your=0.38 a=0.09 a_lot=-0.34 a_smaller=0.11 aan=1.13 aan_de=0.3 ab=-0.16 ab_<number>=0.18 abbiamo=0.32
aber=0.25 about=-0.17 about_the=-0.46 account=-0.19 actually=-0.91 ad=-0.68 add=-0.14 ads=-0.33 after=0.31
after_the=-0.12 air=0.5 al_<number>=1.11 all=-0.21 alle=-0.38 alles=0.48 also=-0.24 alte=-0.88 an=0.18 anche=1
and=0.12 and_i'll=1.64 and_not=-0.68 and_the=-0.06 and_we=0.05 and_what=0.13 announce=-0.49 ans=1.09 answer=-0.17
antes=-0.54 app_.=0.94 approved=-0.35 are_in=-0.95 are_you=-0.66 aren't=-0.38 as=-0.11 as_of=-0.95 asking=-0.14
at=-0.09 at_<number>=-0.54 at_the=0.29 at_three=-0.34 au=0.76 aus_der=-0.56 available=-1.72 avant=-0.07 avec=-0.82
años=0.17 b=-0.47 back=0.72 back_$=1.06 back_to=-0.27 bad=-0.53 batch=1.6 be=-0.19 because=-0.29 bed=1.12
before=0.05 behind=0.52 bei=-0.37 beim=-0.17 below=0.25 below_.=0.06 best=0.1 between=0.2 bike=0.25 bill=0.85
bis=0.28 bit=-0.14 bitte=-1.03 board=-0.1 books=0.08 bot=-0.54 box=0.24 bread=2.24 bring=0.58 budget=-0.58
built=0.67 buses=0.86 but=-0.76 but_the=1.05 butter=0.18 by_<number>=0.07 by_friday=-1.33 byu=-0.05 c=-0.05
c'est=0.14 call_for=0.68 called=-0.2 calls=0.19 came=-0.26 canada=0.26 candle=0.2 car=0.21 cards=0.21 ce=0.73
cette=-0.51 change=-0.17 channel=-0.4 cheap=-0.22 check=-0.31 cher=-0.12 child=0.47 cinema=0.38 cliente=-1.31
closes=0.26 coffee_machine=-0.42 cold=0.84 come=0.08 comments=-0.59 company=-0.11 con_la=-0.34 content=-1.13
cook=0.47 cool=-0.59 copy=-0.91 couldn't=0.36 crust=0.63 cuando=0.3 customer=-0.7 customers=-0.21 customers_'=-1.36
cut=-0.29 da=-0.13 dal=0.13 dalle=0.1 dalle_<number>=0.09 dan=0.76 danach=-0.57 das=-0.42 data=-0.18 date=-0.87
day=0.22 de_la=-0.18 dear_colleagues=-0.63 death=0.38 deine=0.52 del=-0.47 dem=-0.85 den=-0.06 department=-0.42
der=-0.49 di=0.05 did=-0.32 die=-0.78 dies=0.06 different=-0.14 dix=0.91 do=-0.45 doesn't=-0.3 dog=0.47 dogs=0.05
don't_.=0.47 dos=-0.26 down=-0.19 dr_.=-0.74 drinks=-0.54 drone=-0.19 dry=0.4 du=-0.99 du_<number>=0.09 dus=-0.38
dziś=0.5 e=0.09 e-mails=-0.97 early=0.32 east=0.48 ebola=0.35 een=0.49 ein=0.42 einen=0.31 either=-0.35 eleven=0.56
emoji=-0.55 employees=-0.64 en_la=0.31 error=-1.06 erst=-0.58 este=0.4 está=-0.83 et=0.16 eu=1.05 eure=-0.37
euro=0.86 evening_.=0.67 ever=0.31 every=0.15 extra=-0.5 falta=-0.48 feed=0.67 festival=-0.06 fight=0.98 file=-1.19
finance=-0.92 fine=-0.5 first=0.22 fish=0.47 fits=0.36 five=-0.19 fix=-0.15 fois=-0.54 follow=0.1 followers=-1.82
for_<#>=-0.53 for_people=0.3 for_the=-0.45 form=-0.59 found_the=-0.18 four=0.25 friday=-0.21 friday_.=0.31
from=-0.08 from_<number>=0.25 from_the=-0.62 front=0.12 frío=0.66 für=-0.28 geht=-1.07 get=-0.31 giveaway=-0.41
gm=0.18 go=-0.63 goes=-0.33 goes_out=-0.37 going=-0.33 gone=0.08 good=-0.26 google=-1.43 got=-0.67 got_it=0.76
government=1.12 gracias_por=0.09 grazie=1.3 gym=1.34 h_.=1.27 ha=-0.51 hab=-0.44 had_<number>=-0.38 haha=-1.34
hall=0.88 hands=0.29 harder=0.47 has=-0.09 has_<number>=-0.3 has_the=-0.34 hashtag=-0.92 hashtags=-0.73 hat=-0.78
have=-0.27 have_<number>=-0.09 he=-0.31 her=-0.48 here=0.33 here's=0.52 het=-0.26 hi_,=0.14 hidden=-0.15 hier=1.28
his=0.08 ho=-0.26 hold=-0.36 home=0.92 hot=0.48 hotel=-0.07 hour=0.83 house=0.48 how=0.17 how_it=0.63 i=0.12
i've=-0.53 i_have=-0.36 i_used=1.52 ich=-0.87 idea=-0.82 idee=-1.76 if=-0.27 ihr=1.11 il=0.13 im=1 image=-0.33
in=0.2 in_<number>=0.45 in_a=0.19 in_every=-0.88 in_five=-0.46 in_four=0.6 in_our=0.09 in_the=-0.89 in_this=0.7
in_your=-0.11 inform=-1.31 instagram=-1.6 install=-0.96 installed=-0.23 internal=-0.21 intranet=-0.98 is=-0.38
is_a=-0.35 is_at=-0.07 is_back=0.21 is_just=0.46 is_not=0.13 is_open=0.64 ist=-0.31 ist_der=-0.63 it=-0.46
it's=-0.37 it's_not=0.17 it_$=-0.8 it_.=0.22 it_and=-0.85 it_down=-0.25 it_isn't=0.22 james=0.05 je=0.12 jetzt=-0.54
job=0.39 just=-0.32 just_a=0.61 kaffee=0.24 keep=0.14 keine=-0.12 kernel=-0.16 killed=0.19 kiln=0.32 kind=-1.06
km=1.56 know_what=-0.33 kommentare=-0.71 la=-0.43 la_cuenta=-0.77 languages=-0.15 las=-0.05 last_year's=-0.41
latest=0.35 launch=-1.16 leave=-0.17 left=0.38 legal=-0.49 les=-0.1 letter=-0.1 letzten=-0.1 leute=-1.13 like=-0.88
like_to=0.77 likes=-1.61 line=-0.54 link=-0.72 linkedin=-1.59 linux=-0.61 list=-1.74 live=-0.06 lo=-0.55 logo=-1.36
lol=-0.34 long=-0.11 looked=0.37 loud=0.94 low=0.17 lunch=-0.96 lunes=0.22 länger=0.11 läuft=-0.26 ma=-0.19
make=-0.14 manager=-0.66 march=0.05 market=1.19 match=0.09 maybe=-0.52 me=-0.09 mediawiki=-0.1 meet_at=-0.48
mentioned=-0.15 menu=0.41 messed_up=1.33 met=0.19 mi=0.05 might=-0.11 military=0.73 milk=0.78 mit=-0.95 monday=-0.12
mondays=0.07 money=0.28 month=-0.16 more=0.17 morning=0.13 moved=-0.36 much=-0.05 must=-0.08 my=0.07 nada=-0.36
name=-0.49 ne=-0.26 need=-0.3 nehmen=-0.47 nennen=-0.33 neu=0.2 neuen=0.41 new=0.61 newsletter=-0.77 nice=-0.6
nicht=-0.65 nichts=-0.18 nie=0.46 niemand=-0.75 night=0.62 no=-0.06 no_.=-0.15 noch=-0.71 noon=-0.06 not=-0.57
nothing=-0.55 nothing_.=0.06 notre=0.3 now_.=-0.33 numbers=-0.61 numbers_for=-0.13 nur=0.45 obama=0.96 october=0.24
of=0.38 of_a=0.17 of_the=-0.38 of_them=0.24 off=-0.09 ok=-0.1 om=0.55 on=0.07 on_it=1.7 on_the=-0.28 on_this=-0.08
on_thursday=0.73 on_wednesday=-0.21 one=-0.07 one's=-0.08 one_.=-0.22 one_of=0.34 only=-0.1 ons=1.19 ontario=0.17
ook=0.23 open=0.89 opening=-0.08 opens=1.61 opinions=1.01 ops=-0.26 or=-0.44 os=-0.98 our=0.8 our_new=0.42 ours=0.97
out=-0.09 out_.=0.1 out_of=-0.51 p.m=0.11 p.m_.=0.13 p_$=-0.39 pa=0.07 page=-0.87 pan=0.11 pas=-0.09 passed=-0.25
pay=1.13 people=-0.23 percent=1.09 photo=-0.62 photographer=-1.08 photos=-0.24 picture=-1.24 pictures=-1.58
planta=0.93 please=-0.22 please_do=0.48 please_don't=-0.16 plus=-0.47 pm=0.13 police=0.15 por_favor=-0.44 post=-1.14
posted_a=0.98 posten=-0.47 posts=-2.72 pour=-0.16 pour_la=-0.81 pov=1.59 pov_:=0.95 preise=-1.7 prend=-0.27
press=-0.18 pretty=-0.52 price_,=0.09 probably=-0.64 props=-0.29 put=0.1 putting=-0.09 question=-0.06
questions=-0.26 quiet=1 radio=-0.82 rain=0.14 raining=0.33 rasa=-1.32 rate=-0.56 raus=-0.44 reach=-1.42 really=-0.54
reception=-0.17 reel=-1.3 reels=-0.57 reply=-0.91 report=0.12 results=-0.4 return=0.37 rien=-0.17 road=0.45
royal=0.07 running=0.45 s=0.27 said=0.17 sale=-0.51 same=0.18 say=-0.13 says=0.24 says_<number>=-0.45
screenshot=-0.2 se=0.34 season=0.81 seat=1.14 second=0.46 seconds=-1.01 selbst=0.55 sem=-0.14 semana=-0.85 set=-0.3
shame=0.76 share=0.36 she=-0.08 shift=-0.37 shitstorm=-0.37 shoot=-1.57 shop=0.23 short=-0.59 should_be=-0.05
si_on=-0.38 side=-0.9 sie=0.75 sin=0.21 sind=0.58 sit=0.75 sits=-1.05 six=-0.13 sleep=0.19 slide=-0.08
slide_<number>=-0.09 so=-0.74 so_don't=-0.16 someone=-0.67 something=-1.01 son=-0.35 soon=0.33 sorry=0.6
sounds=-0.43 soup=0.57 south=0.6 spring=0.89 start=-0.22 state=0.35 station=0.54 stats=-0.74 stay=0.51 steht=-1.6
stock=-0.2 stories=-0.84 story=-0.79 street=1.04 studio=-0.84 stuff=-1.39 sudo=-0.17 summer=0.58 summer_.=0.78
sunday_.=-0.73 sundays=0.52 super=-1.19 sur=-0.57 tag=0.23 taken_by=-0.16 takes=0.13 tax=0.34 tea=0.91 teachers=0.27
team=-0.18 tell=0.1 tells=1.56 tem=0.56 template=-0.11 tent=1.13 test=-0.79 text=-0.62 texte=-0.9 texto=-0.64
than_any=0.07 thanks=-0.6 that=-0.59 that's=-0.26 that's_it=0.06 that_.=-0.39 the=-0.58 the_<number>=-0.59
the_best=1.16 the_blue=0.2 the_car=0.87 the_ferry=-0.28 the_fire=0.18 the_first=0.84 the_fish=1.19 the_fox=0.33
the_last=0.7 the_line=0.06 the_minister=-0.97 the_most=0.53 the_name=-0.22 the_next=0.09 the_old=-0.34
the_open=-0.55 the_paper=-0.16 the_wrong=-0.58 theirs=-1.29 them=-0.4 then=-0.39 there=-0.33 they=-0.64
they're=-0.59 they've=-0.47 this=0.65 this_is=0.07 this_morning=-0.06 those=-0.89 though=-1.55 thought=0.36
thoughts=1.05 three=0.13 through=-0.37 tiktok=-0.06 time=-0.3 times=-0.13 to_do=-0.24 to_thursday=-1.23 today=0.98
today's=0.66 todos=-0.12 tomorrow=0.14 ton=-0.64 tonight=0.75 tonight_at=-0.05 too=-0.38 tool=-0.51 topic=-0.52
town=0.17 trois=0.22 try=-0.94 três=-0.61 tu=1.03 two=-0.18 u=0.54 ubuntu=-2.2 uhr=0.16 uk=1.26 ukraine=0.64 un=0.43
una=0.74 und=0.22 under=0.69 under_<number>=0.31 une=0.08 unless=-0.11 unser=0.53 unsere=0.22 unter=-0.13 until=0.12
until_the=-1.51 up_the=0.33 update=-0.09 us_!=-1.15 use=-0.58 using=-0.67 uur=0.15 van=-0.59 van_het=-0.31
vendredi=-0.05 version=-0.36 video=-0.65 video_:=0.52 vidéo=-0.19 vitrine=0.57 vom=-0.59 von=-0.25 voor=0.24
vorbei=0.56 vorher=-0.26 vote=0.15 votre=1.72 walk=0.22 want=-0.67 wants=-1.28 war=0.14 was=-0.52 watch=0.91
we=-0.13 we'll=0.99 we've=1.76 we've_got=-0.19 we've_had=-1.15 we_can=-0.17 we_can't=-0.27 we_don't=0.3 we_had=-0.64
we_have=-0.35 we_know=0.41 we_made=0.99 we_put=0.28 we_should=-0.16 weather=0.34 web=-0.59 wednesday=-1.2
wednesday_.=-0.45 week=0.15 weeks=-0.72 wegen=0.08 well=-0.66 wenn=2.6 went=-1.3 wer=0.31 west=0.74 what_this=0.69
who=0.38 who_has=-0.42 why=0.1 wiki=-1.08 wil=-0.59 will_be=-0.26 win=0.6 winter=1.44 wir=-0.18 with=-0.32
with_the=-0.49 with_you=-0.49 woche=-0.94 won't=0.1 won't_.=1.12 work=-0.35 working=-0.33 works=-0.35 world=0.98
would=-0.72 wrong=-0.35 wrote=-0.86 yeah=-1.59 year=0.26 year's=-0.12 years=1.33 yes_,=0.27 yesterday=0.91 you=-0.19
you_$=-0.08 you_,=0.7 you_can=0.47 you_don't=0.12 you_go=-0.61 you_own=1.12 your=0.8 às=0.22 è=0.19 über=-0.54
überall=-0.78
"""
"""For a post, against talk."""
