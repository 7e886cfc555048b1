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
@always=-0.77 !=0.43 !!=-2.68 !!_<emoji>=-1.16 !_$=-0.24 !_<emoji>=-2.67 %=-0.2 %_.=-1.52 %_off=1.32 &=0.65 (=-0.69
(_<number>=0.79 (_it's=2.76 +=-0.92 ,=-0.62 ,_<number>=0.46 ,_a=0.45 ,_and=0.93 ,_but=0.72 ,_c'est=0.42
,_danach=-0.43 ,_don't=0.38 ,_for=0.5 ,_from=1.2 ,_half=0.05 ,_i=-0.38 ,_i'm=0.32 ,_it=-1.09 ,_no=0.11 ,_one=1.27
,_para=0.86 ,_que=-0.29 ,_same=0.57 ,_so=-0.47 ,_sondern=0.29 ,_sorry=-0.58 ,_the=-0.14 ,_who=1.33 -=-0.08 --=-0.74
.=1.21 ..=-0.77 ._$=0.11 ._(=0.27 ._a=0.16 ._back=-1.91 ._de=0.22 ._die=0.17 ._don't=-0.29 ._el=0.06 ._every=0.4
._her=-0.08 ._hoy=0.95 ._i=-0.38 ._i'm=-0.87 ._i've=-0.05 ._if=0.46 ._il=0.71 ._it=0.33 ._it's=-0.31 ._last=-0.23
._le=1 ._no=-0.28 ._nobody=-1.03 ._not=-0.31 ._our=2.47 ._saturday=0.23 ._si=0.05 ._thanks=0.4 ._that's=1.14
._the=0.35 ._then=1.03 ._today=0.06 ._we=1.3 ._we're=0.73 ._what=0.17 ._yo=0.93 ._you=0.54 :=0.62 :_$=-2.68
:_-=-2.09 :_<#>=-0.46 :_<link>=-0.67 :_el=-0.33 :_no=-0.84 :_one=0.49 :_the=0.32 :_we=-0.14 <#>_$=0.76 <@>=1.04
<@>_<@>=0.39 <emoji>=0.92 <link>=0.29 <link>_$=0.5 <number>=0.25 <number>_!=-0.4 <number>_$=0.4 <number>_(=0.05
<number>_,=-0.23 <number>_:=0.26 <number>_am=0.09 <number>_and=-0.22 <number>_cm=0.14 <number>_euro=0.5
<number>_followers=-0.14 <number>_from=0.16 <number>_has=-0.98 <number>_in=-0.63 <number>_km=1.68
<number>_likes=-0.1 <number>_words=-0.74 >=-0.85 ?=-0.24 @answer=-0.79 @asking-1=-0.32 @calls=1.06 @code=-0.06
@colleagues=-1.43 @emoji=0.4 @hashtag=1.11 @lines=0.65 @loud=0.98 @many-emoji=0.7 @many-lines=0.46 @me=-1.63
@mild-request=-0.28 @money=0.57 @notes=-1.06 @over-10=-0.34 @over-16=0.2 @over-3=1.2 @over-30=1.84 @over-6=0.21
@question=-0.72 @quotes=-2.05 @request=-1.09 @single=-0.93 @small=-0.59 @status=-0.08 @team=-2.06 @thanks=-0.86
@thanks-last=-0.51 @tool=-2.58 @unended=0.34 @us=0.31 @you=0.89 ^_<#>=0.06 ^_<@>=-0.18 ^_<emoji>=-2.17
^_<number>=0.62 ^_a=0.43 ^_ab=-0.06 ^_all=-0.29 ^_are=-0.29 ^_can=-0.8 ^_comment=0.78 ^_con=-0.63 ^_could=-0.99
^_das=0.19 ^_delivery=-0.29 ^_der=-0.24 ^_el=-0.47 ^_every=1.77 ^_half=0.55 ^_hi=0.19 ^_i=-0.51 ^_is=-0.83 ^_it=-0.8
^_it's=1.52 ^_j'ai=0.07 ^_le=-0.05 ^_meet=0.83 ^_no=1.31 ^_nobody=0.17 ^_our=-0.75 ^_please=-1.86 ^_some=0.25
^_the=-0.33 ^_two=-0.19 ^_we're=-0.2 a=0.1 a_<number>=-0.21 a_man=-0.31 aan_de=1.22 ab=-0.08 ab_<number>=0.61
abbiamo=0.68 aber=0.26 about_the=-0.88 ad=-1.19 ads=-1.27 after_the=-0.1 agentur=-0.05 agreed=-0.36 al_<number>=1.63
alle=-0.72 alles=0.5 alte=-1.23 am=0.1 an=0.08 anche=1.19 and=0.52 and_a=-0.35 and_don't=-0.24 and_i'll=1.59
and_not=-0.74 and_the=-0.13 and_we=0.17 and_your=-0.25 ans=1.13 answer=-0.54 antes=-0.76 app_.=0.3 approved=-0.97
are_in=-0.89 are_you=-0.06 around=-0.06 as=-0.05 as_of=-0.68 asking=-0.58 at=-0.07 at_<number>=-0.72 at_the=0.34
at_three=-0.14 até=0.58 au=0.74 audio=-0.15 aus_der=-0.83 available=-2.17 avant=-0.05 avec=-1.13 años=0.56 b=-0.31
back=0.93 back_$=0.66 back_.=0.22 bad=-0.83 barclays=0.53 batch=1.72 be=-0.18 because_the=-1.17 bed=1.2 behind=1.13
bei=-0.51 below_.=1.12 best=0.12 between=0.39 bij=0.13 bike=0.38 bill=1.39 bis=0.6 bitte=-0.74 box=0.73 brand=-1.14
bread=2.22 bring=0.29 budget=-1.91 built=1.39 buses=1.45 but=-0.87 but_the=0.82 butter=0.73 by_friday=-1.11
by_the=-0.07 c'est=0.34 called=-0.44 can=0.22 can't=-0.49 can_i=0.81 cantine=0.54 captions=-0.49 car=0.43 case=-0.09
ce=1.1 centro=0.71 ceo=-0.1 cette=-0.57 changes=-0.48 channel=-0.81 cheaper=-1.18 check=-0.74 check_:=-0.74
cheese=0.54 cinema=0.15 city=0.64 cleared=-0.07 clicks=-0.2 cliente=-1.22 close-up=1.13 closed=0.08 cm=0.06
coffee_machine=-0.66 cold=0.88 come=0.06 comments=-0.83 committee=0.08 competencia=-0.4 compte=-0.7 con=-0.12
con_la=-0.48 content=-2.14 cook=1.74 copy=-1.27 counted=-0.05 cover=-0.73 crew=-0.18 crust=0.48 cuando=0.72
cuenta=-0.13 customer=-0.83 customers=-0.79 cut=-0.29 da=-0.25 dalle=0.54 dan=0.84 das=-0.37 das_hier=0.8 data=-1.27
date=-0.91 day=0.62 day_.=0.25 days=-0.05 de_la=-0.17 decided=-0.25 deine=0.84 del=-0.57 delivery=-0.52 dem=-0.96
department=-0.49 der=-0.08 des=0.09 di=0.12 did=-0.46 didn't=0.05 die=-0.53 do=-0.53 do_we=-0.46 doesn't=-0.63
dog=0.79 don't_.=0.72 don't_take=0.71 don't_want=0.08 dos=-0.51 down=-0.2 dr_.=-0.4 drinks=-0.24 drone=-1.06
drop=0.69 dry=0.49 du=-1.02 dus=-1.2 dziś=0.52 día=0.24 e=0.18 e-mails=-0.64 early=0.57 echt=-0.42 een=0.59 ein=0.81
eine=0.5 einen=0.92 either=-0.52 el_día=0.42 eleven=0.94 elle=0.11 else=-0.05 emoji=-0.59 employees=-0.41 en_la=0.36
entrega=-0.19 error=-1.61 erst=-0.79 est=-0.24 estará=0.83 este=0.26 esto=0.35 está=-0.74 et=0.36 eu=2.19 euro=0.67
evening_.=0.08 ever=0.64 every=0.35 everybody=-0.47 everyone_,=-0.88 extra=-0.89 falta=-0.53 fan=-0.1 faut=-0.12
feed=1.83 feedback=-0.17 festival=-0.69 file=-1.01 finance=-1 fine=-0.45 fire_drill=-2.05 first=0.29 fish=1.65
five=-0.31 fix=-0.45 fois=-0.81 follow=0.55 followers=-1.97 follows=-0.05 food=0.09 for_people=1.58 for_the=-0.46
for_your=-1.32 forget=-0.25 form=-0.87 foto=-0.31 found_the=-1.07 four=0.09 foxes=0.88 friday=-0.19 from=-0.23
from_<number>=0.6 from_the=-0.52 frío=0.68 für_die=-0.23 geht=-1.01 gente=-0.07 get=-0.33 getting=-0.42 give=-0.19
giveaway=-0.76 global=0.47 go=-0.87 goes=-0.53 goes_out=-0.17 going=-0.86 good=-0.25 good_.=-0.58 google=-1.61
got=-0.74 gracias_por=0.17 grazie=2.17 great=-0.32 guys=-0.33 gym=0.4 h_.=1.72 ha=-0.72 hab=-0.49 had=0.47
had_<number>=-0.36 haha=-0.25 half=-0.05 hall=0.87 hands=0.17 harder=0.54 has=-0.27 has_<number>=-0.52 has_a=0.32
has_the=-0.69 hashtag=-0.89 hashtags=-1.32 hasta=-0.09 hasta_que=-0.96 hat=-0.79 hat_sich=-0.38 have=0.18
have_<number>=-0.84 have_a=-0.09 hello=-0.48 her=-0.77 here=0.25 het=-0.5 hidden=-0.65 hier=1.15 him=-0.19 ho=-0.73
hold=-0.92 home=1.62 hot=1.38 hour=1.33 hours=-0.05 how=0.98 how_it=0.16 hurry=0.56 i=0.14 i'd=-0.47 i'm=-0.37
i've=-0.91 i_learned=-0.59 i_used=1.16 ich=-0.29 idea=-2.05 idee=-1.88 if_i=-0.85 ihr=0.6 il=0.37 im=1.77
image=-0.34 in=0.1 in_<number>=0.71 in_a=0.55 in_bio=-0.06 in_de=-0.49 in_every=-1.81 in_five=-0.44 in_our=0.43
in_stock=0.4 in_the=-0.8 in_this=1.55 instagram=-1.92 internal=-0.4 internet=1.92 interview=-0.42 is=-0.36
is_a=-0.21 is_called=-0.09 is_just=1.2 is_not=0.76 is_now=-0.45 is_that=-0.87 is_the=-0.05 ist=-0.23 ist_der=-1.31
it=-0.41 it's=-0.51 it's_the=0.48 it_and=-0.78 it_down=-0.58 it_gets=0.09 it_isn't=0.63 it_was=1.1 its=0.74
jetzt=-0.37 join=0.29 join_the=0.68 kaffee=1.11 key_to=1.12 kiln=0.66 kind=-0.97 km=0.06 knows=-0.47
kommentare=-0.88 kommt=-0.25 kürzer=-0.76 la=-0.36 la_cuenta=-1.46 la_foto=-0.56 la_vidéo=-0.86 las=-0.15
lassen=-0.77 last_year's=-0.55 launch=-1.43 layoffs=-0.79 left=0.2 legal=-0.92 les=-0.15 letzten=-0.07 leute=-1.39
libro=0.13 like=-0.68 like_to=0.29 liked=-0.72 likes=-1.8 line=-0.63 link=-1.18 linkedin=-1.28 list=-1.84
little=0.37 live=-0.53 lo=-0.5 logo=-1.57 lol=-0.17 longer=0.3 looked=0.07 looking_for=0.18 looks=-0.38 loom=0.31
lost=-0.11 loud=0.54 love_the=-0.47 low=0.21 lunch=-1.26 lunch_.=-0.42 läuft=-0.55 m=-0.69 ma=-0.54 makes=-0.58
mal=-0.07 manager=-0.15 map=-1.39 march=0.14 market=1.61 mayor=-0.07 me=-0.28 meet_at=-0.09 menu=1.01 met=0.13
milk=1.72 minister=-1.14 minutes=0.23 missing=-0.42 mit=-0.73 model=-0.4 mois=-0.24 mondays=0.36 money=0.54
months=0.27 mood=0.24 morgen=-0.17 morning=0.35 most=0.45 moved=-0.78 moves=0.78 musik=-0.13 must=-1.04 my=0.17
même=-0.06 nacht=0.8 nada=-0.68 name=-0.7 named=0.25 ne=-0.19 ne_pas=0.27 need=-0.31 nehmen=-0.47 neuen=1.08
new=0.62 newsletter=-1.34 nicht=-0.45 nichts=-0.55 nie=1.07 niemand=-0.9 niente=-0.21 niet=-0.35 nieuwe=-0.69
night=0.78 no=-0.17 noch=-0.57 not=-0.77 not_<number>=0.2 nothing=-0.73 notre=0.19 nous=0.11 now_.=-0.11 nu=0.09
nuevo=-0.18 number=-0.37 numbers=-0.59 nur=0.66 nur_noch=-0.1 não=0.06 o_que=-0.2 october=0.54 of_the=-0.38
of_you=-0.39 of_your=0.36 off=-0.67 ok=-0.48 om=1.33 on=-0.06 on_<number>=0.6 on_it=1.98 on_ne=-0.11 on_the=-0.3
on_thursday=1.27 one=-0.15 one's=-0.71 one_.=-0.52 one_of=1.22 one_very=0.41 online_.=-0.55 only=-0.23 only_one=1.12
ons=1.26 ont=0.28 onze=0.67 ook=0.32 open=1.28 opening=-0.44 opens=1.82 opinions=0.58 or=-0.36 os=-1.68 our=1.24
our_new=0.13 our_page=-0.76 ours=1.12 out_,=0.1 out_.=0.5 out_of=-0.45 outside=0.25 over=-0.38 over_the=0.51
p.m=0.16 p.m_.=0.73 package=-0.25 page=-1.22 pan=0.1 part=-0.14 pas=-0.11 pasa=-0.48 pay=0.41 people=-0.16
percent=1.65 pfizer=0.36 photo=-1.63 photographer=-1.25 photos=-0.53 piano=0.2 pics=-0.19 picture=-0.48
pictures=-2.73 pinterest=-0.19 places=0.11 planetarium=0.15 planta=0.78 platform_<number>=0.19 play=0.89
please=-0.08 please_do=1.08 please_don't=-0.74 plus=-0.57 police=-1.75 poll=-0.21 por_la=0.19 post=-1.52
posted=-1.38 posten=-0.67 posts=-4.33 pour=-0.33 pour_la=-0.82 pov=0.61 pov_:=1.57 power=0.49 preise=-2.51
prend=-0.5 press=-1.31 printer=-0.36 pro=0.6 props=-1.5 proud=0.05 proud_of=0.26 public=-0.1 push=-0.59 put=0.43
putting=-0.35 quando=0.3 que_le=-0.73 que_no=0.06 questions=-0.34 quiere=-0.19 quiet=1.23 quoi=-0.41 radio=-1.85
rain=0.24 rate=-1.96 raus=-0.43 reach=-1.99 reception=-1.49 reel=-1.26 reels=-0.83 remember=0.64 reply=-1.58
results=-0.74 retired=0.11 retirement=1.1 rien=-0.82 rights=-0.76 road=0.78 room_.=0.26 room_<number>=-0.43
running=0.25 runs=0.43 sabato=0.05 said=0.4 sale=-0.68 same=0.26 sat=0.49 saturday=0.16 saved=-0.28 saw=-0.34
say=-0.8 says=-0.72 says_<number>=-0.71 se=0.24 season=0.85 seat=0.99 second=0.23 seconds=-0.86 selbst=0.71
sem=-0.24 semana=-1.02 sempre=0.33 sent=-0.25 septembre=0.09 service=0.48 set=-0.18 share=0.16 sheet=-0.8 shift=-0.4
shitstorm=-1.39 shoot=-2.19 shop=0.12 short=-0.76 should=-0.62 show=-0.91 shows=-0.07 si=-0.07 si_on=-0.73
side=-1.22 sie=1.18 sin=0.18 sind=0.81 sit=1.5 sits=-1.26 six=-0.2 slides=-0.73 slogan=-0.23 slot=-0.17
smells_like=0.49 so=-0.61 so_don't=-0.28 so_no=-0.32 sofort=-0.05 somebody=-0.15 someone=-0.96 something=-1.27
somewhere=-0.14 son=-0.58 sorry=0.48 sorry_.=0.69 sorry_about=0.15 spring=0.28 staff=-0.71 standing=-0.18
station=1.14 stats=-1.05 stay=1.48 steht=-1.38 stesso=0.26 stories=-0.93 story=-1.18 street=1.69 studio=-0.73
stuff=-0.75 sugar=0.11 summer=0.26 summer_.=0.85 sunday_,=0.64 sunday_.=-0.62 sundays=0.52 super=-1.91 sur=-0.43
sur_les=-0.3 só=-0.4 tag=0.56 tagged=-0.06 taken_by=-0.2 también=0.16 tea=0.39 teachers=0.08 team_,=-0.14
telling=0.23 tells=1.48 tem=0.64 template=-0.2 ten=-0.16 tent=1.02 test=-0.77 text=-0.57 texte=-1.04 texto=-1.06
than_the=-0.29 thanks=-1.09 that=-0.62 that_.=-0.6 the=-0.63 the_<number>=-0.72 the_best=2.58 the_blue=0.85
the_car=1.73 the_corner=0.17 the_fire=0.39 the_first=0.69 the_fox=0.23 the_ice=0.75 the_last=1.08 the_lunch=0.35
the_man=0.26 the_minister=-0.31 the_most=0.84 the_next=0.3 the_old=-0.57 the_open=-1.11 the_second=0.43
the_wrong=-0.97 theirs=-2.1 them=-0.25 then_the=-0.7 there=-0.12 they=-0.31 they're=-0.96 they've=-0.92 thing=-0.5
things=0.94 third=-0.24 this=0.51 this_morning=-0.62 this_week=0.16 those=-0.85 though=-1.04 thought=0.82
threads=-1.03 three=0.05 through=-0.77 thursday_at=0.05 times=-0.24 to_be=0.42 to_do=-0.55 to_thursday=-2.74
today=0.87 todo=0.31 todos=-0.16 told=-0.57 tomatoes=0.29 ton=-1.15 tonight=0.32 too=-0.36 too_long=-0.36 tool=-0.23
trois=0.55 trust=0.33 try=-0.8 três=-1.24 tu=0.75 tudo=-0.33 turn=0.14 two=-0.33 typo=-0.52 u=0.21 ugly=-0.07
uhr=0.47 um=0.05 umbrellas=0.13 un=0.47 una=0.75 und=0.44 under=1.09 unser=0.61 unsere=0.69 unter=-0.2 until=0.24
until_the=-0.76 up=-0.19 up_the=0.58 up_to=0.35 update=-0.62 us=-0.43 us_!=-0.67 us_,=0.41 use=-0.68 uses=-2.05
using=-0.71 uur=0.54 van=-0.73 vanaf_<number>=0.05 vendredi=-0.31 versie=-0.23 version=-0.33 video=-2.03 vidéo=-0.69
vitrine=0.72 vom=-0.31 von=-0.18 vorbei=1.42 vorher=-0.42 votre=1.75 vous=0.11 vs=-0.63 w=0.18 wait=0.07 want=-0.92
wants=-1.87 war=0.23 was=-0.47 way=-0.46 way_to=-0.33 we'll=1 we've=2.18 we've_got=-0.07 we've_had=-2.18 we_are=0.37
we_don't=0.46 we_had=-0.98 we_have=-0.98 we_made=0.99 we_make=0.56 we_put=0.37 weather=1.07 web=-1.14
wednesday=-1.51 week=0.06 weeks=-0.98 wegen=0.19 well=-0.37 wenn=2.6 went=-2.04 wer=0.49 were=0.13 when=-0.17
which_is=0.31 who=0.1 who's=-0.3 why=0.53 wij=0.16 wil=-0.64 will=-0.18 will_be=-0.36 win=2.34 wind=0.87 winter=1.58
wir_das=-0.27 wish=0.85 with=-0.41 with_the=-0.55 with_you=-0.36 with_your=0.2 woche=-0.95 woman=2.13 won't_.=1.13
word_.=-0.21 works=-0.83 world=0.12 would=-0.98 writing=-0.2 wrong=-0.27 wrong_.=0.25 wrote=-1.01 x=-0.14 y=0.08
ya=0.09 year=0.36 year's=-0.29 years=2.02 yes=0.25 yesterday=0.27 yet=-0.17 you=0.37 you_,=0.18 you_all=-0.13
you_don't=0.07 your=1.75 your_own=-0.5 zdjęcie=-0.3 à_<number>=-0.18 às=0.31 è=0.17 über=-0.58 überall=-1.07
"""
"""For a post, against talk."""
