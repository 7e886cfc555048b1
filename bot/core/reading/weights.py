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
@always=-0.78 !=0.43 !!=-2.68 !!_<emoji>=-1.12 !_$=-0.24 !_<emoji>=-2.69 %=-0.19 %_.=-1.53 %_off=1.27 &=0.65 (=-0.69
(_<number>=0.75 (_it's=2.75 +=-0.93 ,=-0.62 ,_<number>=0.45 ,_a=0.44 ,_and=0.92 ,_but=0.72 ,_c'est=0.43
,_danach=-0.4 ,_don't=0.36 ,_for=0.46 ,_from=1.13 ,_i=-0.38 ,_i'm=0.33 ,_it=-1.12 ,_no=0.11 ,_one=1.27 ,_para=0.88
,_que=-0.29 ,_same=0.61 ,_so=-0.47 ,_sondern=0.13 ,_sorry=-0.58 ,_the=-0.08 ,_who=1.31 -=-0.08 --=-0.74 .=1.22
..=-0.77 ._$=0.11 ._(=0.29 ._a=0.15 ._back=-1.87 ._bitte=0.05 ._de=0.17 ._die=0.18 ._don't=-0.3 ._el=0.06
._every=0.41 ._her=-0.06 ._hoy=0.97 ._i=-0.38 ._i'm=-0.87 ._i've=-0.1 ._if=0.47 ._il=0.74 ._it=0.33 ._it's=-0.33
._last=-0.21 ._le=1 ._no=-0.28 ._nobody=-1 ._not=-0.3 ._our=2.46 ._saturday=0.19 ._si=0.08 ._thanks=0.39
._that's=1.15 ._the=0.35 ._then=1.05 ._today=0.08 ._we=1.28 ._we're=0.71 ._what=0.17 ._yo=0.93 ._you=0.53 :=0.62
:_$=-2.68 :_-=-2.07 :_<#>=-0.49 :_<link>=-0.68 :_no=-0.85 :_one=0.49 :_the=0.29 :_we=-0.18 <#>_$=0.77 <@>=1.06
<@>_<@>=0.39 <emoji>=0.68 <link>=0.27 <link>_$=0.53 <number>=0.25 <number>_!=-0.39 <number>_$=0.41 <number>_(=0.06
<number>_,=-0.24 <number>_:=0.27 <number>_am=0.05 <number>_and=-0.23 <number>_euro=0.73 <number>_followers=-0.18
<number>_from=0.15 <number>_has=-1 <number>_in=-0.63 <number>_km=1.42 <number>_likes=-0.08 <number>_p.m=0.84
<number>_words=-0.73 >=-0.83 ?=-0.24 @answer=-0.79 @asking-1=-0.32 @calls=1.07 @code=-0.06 @colleagues=-1.44
@emoji=0.64 @hashtag=1.1 @lines=0.65 @loud=0.98 @many-emoji=0.7 @many-lines=0.46 @me=-1.63 @mild-request=-0.28
@money=0.56 @notes=-1.08 @over-10=-0.36 @over-16=0.2 @over-3=1.2 @over-30=1.85 @over-6=0.23 @question=-0.72
@quotes=-2.05 @request=-1.08 @single=-0.92 @small=-0.6 @status=-0.08 @team=-2.06 @thanks=-0.87 @thanks-last=-0.5
@tool=-2.6 @unended=0.34 @us=0.3 @you=0.89 ^_<#>=0.06 ^_<@>=-0.2 ^_<emoji>=-2.16 ^_<number>=0.62 ^_a=0.42 ^_all=-0.3
^_are=-0.29 ^_can=-0.78 ^_comment=0.76 ^_con=-0.62 ^_could=-0.98 ^_das=0.18 ^_delivery=-0.32 ^_der=-0.24 ^_el=-0.46
^_every=1.77 ^_half=0.53 ^_hi=0.16 ^_i=-0.52 ^_is=-0.83 ^_it=-0.8 ^_it's=1.5 ^_j'ai=0.08 ^_le=-0.1 ^_meet=0.84
^_no=1.3 ^_nobody=0.16 ^_our=-0.73 ^_please=-1.86 ^_some=0.15 ^_the=-0.33 ^_two=-0.23 ^_we're=-0.19 a=0.11
a_<number>=-0.2 a_man=-0.39 aan_de=1.22 ab=-0.1 ab_<number>=0.62 abbiamo=0.67 aber=0.27 about_the=-0.88 ad=-1.19
ads=-1.27 after_the=-0.1 agreed=-0.39 al_<number>=1.63 alle=-0.72 alles=0.45 alte=-1.26 am=0.14 an=0.08 anche=1.19
and=0.51 and_a=-0.34 and_don't=-0.25 and_i'll=1.62 and_not=-0.75 and_the=-0.13 and_we=0.15 and_your=-0.23 ans=1.05
answer=-0.53 antes=-0.75 app_.=0.3 approved=-0.98 are_in=-0.88 are_you=-0.06 around=-0.05 as=-0.06 as_of=-0.67
asking=-0.58 at=-0.07 at_<number>=-0.73 at_the=0.33 at_three=-0.11 até=0.57 au=0.74 audio=-0.16 aus_der=-0.81
available=-2.26 avec=-1.12 años=0.57 b=-0.31 back=0.92 back_$=0.66 back_.=0.23 bad=-0.79 bajo=-0.13 barclays=0.53
batch=1.71 be=-0.19 because_the=-1.19 bed=1.2 behind=1.13 bei=-0.52 below_.=1.15 best=0.12 between=0.4 bij=0.11
bike=0.38 bill=1.4 bis=0.61 bit=-0.05 bitte=-0.75 box=0.71 brand=-1.14 bread=2.2 briefing=-0.09 bring=0.28
budget=-1.91 built=1.39 buses=1.46 but=-0.87 but_the=0.81 butter=0.73 by=-0.05 by_friday=-1.42 by_the=-0.06
c'est=0.33 called=-0.44 can=0.21 can't=-0.5 can_i=0.77 cantine=0.56 captions=-0.48 car=0.44 case=-0.08 ce=1.11
centro=0.71 ceo=-0.09 cette=-0.56 changes=-0.49 channel=-0.84 cheaper=-1.18 check=-0.74 check_:=-0.75 cheese=0.49
cinema=0.14 city=0.66 cleared=-0.07 clicks=-0.22 cliente=-1.23 close-up=1.19 closed=0.05 cm=0.13
coffee_machine=-0.68 cold=0.87 come=0.06 comments=-0.82 committee=0.1 competencia=-0.41 compte=-0.69 con=-0.11
con_la=-0.49 content=-2.14 cook=1.76 copy=-1.31 counted=-0.07 cover=-0.75 crew=-0.17 crust=0.53 cuando=0.71
cuenta=-0.14 customer=-0.84 customers=-0.41 cut=-0.31 da=-0.25 dalle_<number>=0.55 dan=0.78 das=-0.38 das_hier=0.79
data=-1.3 date=-0.92 day=0.61 day_.=0.26 days=-0.05 de_la=-0.19 decided=-0.24 deine=0.84 del=-0.57 delivery=-0.51
dem=-0.96 department=-0.49 der=-0.08 des=0.1 di=0.12 did=-0.46 didn't=0.06 die=-0.53 dix=0.81 do=-0.54 do_we=-0.44
doesn't=-0.63 dog=0.79 don't_.=0.72 don't_take=0.81 don't_want=0.1 dos=-0.53 down=-0.2 dr_.=-0.38 drinks=-0.25
drone=-1.01 drop=0.69 dry=0.48 du=-1.02 dus=-1.2 dziś=0.52 día=0.26 e=0.18 e-mails=-0.63 early=0.55 echt=-0.46
een=0.59 ein=0.8 eine=0.5 einen=0.92 either=-0.53 el_día=0.3 eleven=0.92 elle=0.1 emoji=-0.59 employees=-0.36
en_la=0.35 entrega=-0.2 error=-1.6 erst=-0.81 est=-0.23 estará=0.83 este=0.25 esto=0.38 está=-0.75 et=0.36 eu=2.2
euro=0.44 evening_.=0.13 ever=0.63 every=0.35 everybody=-0.56 everyone_,=-0.87 extra=-0.89 falta=-0.54 fan=-0.08
faut=-0.08 feed=1.81 feedback=-0.18 festival=-0.69 file=-0.99 finance=-1.05 fine=-0.46 fire_drill=-2.04 first=0.29
first_,=-0.14 fish=1.62 five=-0.32 fix=-0.46 fois=-0.8 follow=0.56 followers=-1.92 follows=-0.06 food=0.11
for_people=1.55 for_the=-0.47 for_your=-1.32 forget=-0.24 form=-0.86 foto=-0.29 found_the=-1.07 four=0.06 foxes=0.87
friday=-0.17 friday_.=0.45 from=-0.19 from_<number>=0.56 from_the=-0.55 frío=0.68 für_die=-0.22 geht=-1.04
gente=-0.06 get=-0.33 getting=-0.43 give=-0.2 giveaway=-0.76 global=0.47 go=-0.88 goes=-0.52 goes_out=-0.2
going=-0.85 good=-0.27 good_.=-0.54 google=-1.65 got=-0.74 gracias_por=0.15 grazie=2.16 great=-0.31 guys=-0.32
gym=0.38 h_.=1.71 ha=-0.72 hab=-0.51 had=0.46 had_<number>=-0.35 haha=-0.25 half=-0.05 hall=0.84 hands=0.16
harder=0.55 has=-0.28 has_<number>=-0.52 has_a=0.31 has_the=-0.66 hashtag=-0.89 hashtags=-1.33 hasta=-0.14
hasta_que=-0.91 hat=-0.79 hat_sich=-0.35 have=0.18 have_<number>=-0.86 have_a=-0.08 hello=-0.49 her=-0.77 here=0.24
het=-0.5 hidden=-0.66 hier=1.14 him=-0.24 ho=-0.74 hold=-0.92 home=1.59 hot=1.35 hotel=-0.05 hour=1.32 hours=-0.06
how=0.98 how_it=0.13 hurry=0.57 i=0.14 i'd=-0.47 i'm=-0.37 i've=-0.89 i_learned=-0.62 i_used=1.19 ich=-0.29
idea=-2.04 idee=-1.87 if_i=-0.83 ihr=0.6 il=0.37 im=1.77 image=-0.35 in=0.09 in_<number>=0.73 in_a=0.55 in_bio=-0.08
in_de=-0.51 in_every=-1.81 in_five=-0.41 in_our=0.44 in_stock=0.39 in_the=-0.79 in_this=1.59 instagram=-1.91
internal=-0.4 internet=1.91 interview=-0.4 is=-0.34 is_a=-0.21 is_called=-0.11 is_just=1.19 is_not=0.73 is_now=-0.44
is_that=-0.84 is_the=-0.06 ist=-0.24 ist_der=-1.27 it=-0.42 it's=-0.51 it's_the=0.51 it_and=-0.76 it_down=-0.57
it_gets=0.05 it_isn't=0.66 it_was=1.11 its=0.74 jetzt=-0.37 join=0.29 join_the=0.67 kaffee=1.09 key_to=1.11
kiln=0.67 kind=-0.98 km=0.31 knows=-0.48 kommentare=-0.89 kommt=-0.25 kürzer=-0.77 la=-0.36 la_cuenta=-1.43
la_foto=-0.55 la_vidéo=-1.27 laden=0.3 las=-0.15 lassen=-0.78 last_year's=-0.3 launch=-1.44 layoffs=-0.78
leave=-0.05 left=0.2 legal=-0.91 les=-0.17 letzten=-0.05 leute=-1.39 libro=0.15 like=-0.7 like_to=0.31 liked=-0.71
likes=-1.8 line=-0.63 link=-1.19 linkedin=-1.28 list=-1.86 little=0.36 live=-0.53 lo=-0.5 logo=-1.58 lol=-0.15
longer=0.25 looked=0.08 looking_for=0.18 looks=-0.38 loom=0.3 lost=-0.11 loud=0.55 love_the=-0.48 low=0.19
lunch=-1.24 lunch_.=-0.46 läuft=-0.59 m=-0.71 ma=-0.54 makes=-0.58 mal=-0.06 manager=-0.13 map=-1.38 march=0.1
market=1.62 mayor=-0.07 me=-0.29 meet_at=-0.05 menu=1.01 met=0.13 milk=1.69 minister=-1.11 minutes=0.24
missing=-0.42 mit=-0.75 model=-0.42 mois=-0.24 mondays=0.37 money=0.53 months=0.27 mood=0.22 morgen=-0.16
morning=0.35 most=0.4 moved=-0.78 moves=0.75 musik=-0.14 must=-1.05 my=0.17 même=-0.05 nacht=0.8 nada=-0.68
name=-0.72 named=0.24 ne=-0.17 ne_pas=0.28 need=-0.31 nehmen=-0.45 neuen=1.07 new=0.61 newsletter=-1.36 nicht=-0.46
nichts=-0.56 nie=1.07 niemand=-0.89 niente=-0.22 niet=-0.36 nieuwe=-0.71 night=0.79 no=-0.16 noch=-0.57 not=-0.78
not_<number>=0.2 nothing=-0.73 notre=0.2 nous=0.12 now_.=-0.12 nu=0.1 nuevo=-0.18 number=-0.38 numbers=-0.59
nur=0.66 nur_noch=-0.11 não=0.05 o_que=-0.21 october=0.56 of_the=-0.38 of_you=-0.38 of_your=0.39 off=-0.68
office=-0.05 ok=-0.5 om=1.34 on=-0.07 on_<number>=0.6 on_it=1.98 on_ne=-0.11 on_the=-0.31 on_thursday=1.26 one=-0.14
one's=-0.72 one_.=-0.53 one_of=1.22 one_very=0.43 online_.=-0.56 only=-0.23 only_one=1.13 ons=1.28 ont=0.28
onze=0.67 ook=0.31 open=1.44 opening=-0.43 opens=1.82 opinions=0.64 or=-0.35 os=-1.68 our=1.24 our_new=0.15
our_page=-0.81 ours=1.13 out_,=0.05 out_.=0.51 out_of=-0.45 outside=0.24 over=-0.4 over_the=0.52 package=-0.25
page=-1.21 pan=0.08 part=-0.14 pas=-0.13 pasa=-0.45 pay=0.41 people=-0.15 percent=1.62 pfizer=0.37 photo=-1.63
photographer=-1.25 photos=-0.52 piano=0.22 pics=-0.18 picture=-0.48 pictures=-2.71 pinterest=-0.2 places=0.12
planetarium=0.1 planta=0.78 platform_<number>=0.13 play=0.88 please=-0.08 please_do=1.15 please_don't=-0.72
plus=-0.56 police=-1.74 poll=-0.21 por_la=0.18 post=-1.52 posted=-1.39 posten=-0.64 posts=-4.34 pour=-0.33
pour_la=-0.81 pov=0.53 pov_:=1.64 power=0.5 preise=-2.51 prend=-0.52 press=-1.29 printer=-0.37 pro=0.59 props=-1.52
proud_of=0.26 public=-0.07 push=-0.59 put=0.45 putting=-0.33 quando=0.3 que_le=-0.75 que_no=0.06 questions=-0.38
quiere=-0.33 quiet=1.24 quoi=-0.41 radio=-1.84 rain=0.25 rate=-1.94 raus=-0.45 reach=-1.96 reception=-1.42
reel=-1.26 reels=-0.82 remember=0.62 reply=-1.57 results=-0.74 retired=0.15 retirement=1.11 rien=-0.84 rights=-0.76
road=0.76 room_.=0.25 room_<number>=-0.44 running=0.22 runs=0.33 sabato=0.05 said=0.4 sale=-0.76 same=0.24 sat=0.49
saturday=0.17 saved=-0.25 saw=-0.34 say=-0.8 says=-0.73 says_<number>=-0.71 se=0.25 season=0.84 seat=0.96
second=0.22 seconds=-0.85 selbst=0.71 sem=-0.25 semana=-1.01 sempre=0.32 sent=-0.23 septembre=0.1 service=0.48
set=-0.16 share=0.16 she=0.05 sheet=-0.9 shift=-0.38 shitstorm=-1.38 shoot=-2.19 shop=0.1 short=-0.76 should=-0.62
show=-0.88 shows=-0.07 si=-0.07 si_on=-0.71 side=-1.2 sie=1.18 sin=0.19 sind=0.76 sit=1.52 sits=-1.27 six=-0.21
slides=-0.74 slogan=-0.21 slot=-0.18 smells_like=0.49 so=-0.61 so_don't=-0.27 so_no=-0.33 sofort=-0.07
somebody=-0.16 someone=-0.96 something=-1.26 somewhere=-0.15 son=-0.57 sondern=0.18 sorry=0.48 sorry_.=0.68
sorry_about=0.16 spring=0.28 staff=-0.7 standing=-0.19 station=1.16 stats=-1.06 stay=1.48 steht=-1.37 stesso=0.29
stories=-0.92 story=-1.17 street=1.65 studio=-0.74 stuff=-0.75 sugar=0.12 summer=0.24 summer_.=1.06 sunday_,=0.6
sunday_.=-0.64 sundays=0.5 super=-1.9 sur=-0.47 sur_les=-0.22 só=-0.41 tag=0.55 tagged=-0.06 taken_by=-0.17
también=0.15 tea=0.41 teachers=0.1 team_,=-0.17 telling=0.25 tells=1.42 tem=0.63 template=-0.21 ten=-0.17 tent=1.04
test=-0.77 text=-0.57 texte=-1.06 texto=-1.03 than_the=-0.28 thanks=-1.1 that=-0.62 that_.=-0.57 the=-0.63
the_<number>=-0.7 the_best=2.59 the_blue=0.9 the_car=1.69 the_corner=0.14 the_fire=0.4 the_first=0.7 the_fox=0.24
the_ice=0.71 the_last=1.08 the_lunch=0.3 the_man=0.28 the_minister=-0.34 the_most=0.9 the_next=0.33 the_old=-0.57
the_open=-1.24 the_planetarium=0.05 the_second=0.41 the_wrong=-0.97 theirs=-2.1 them=-0.23 then_the=-0.64
there=-0.13 they=-0.3 they're=-0.95 they've=-0.95 thing=-0.51 things=0.98 third=-0.22 this=0.51 this_morning=-0.62
this_week=0.16 those=-0.85 though=-1.02 thought=0.78 threads=-1.01 three=0.05 through=-0.78 thursday_at=0.07
time=-0.05 times=-0.22 to_be=0.42 to_do=-0.54 to_thursday=-2.75 today=0.86 todo=0.32 todos=-0.17 told=-0.58
tomatoes=0.3 ton=-1.14 tonight=0.34 too=-0.35 too_long=-0.38 tool=-0.24 trois=0.55 trust=0.31 try=-0.81 três=-1.24
tu=0.75 tudo=-0.32 turn=0.14 two=-0.32 typo=-0.53 u=0.21 ugly=-0.06 uhr=0.45 um=0.05 umbrellas=0.16 un=0.46 una=0.75
und=0.48 under=1.1 unser=0.78 unsere=0.69 unter=-0.18 until=0.23 until_the=-0.76 up=-0.2 up_the=0.58 up_to=0.33
update=-0.62 us=-0.43 us_!=-0.67 us_,=0.39 use=-0.68 uses=-2.04 using=-0.7 uur=0.53 van=-0.73 vanaf_<number>=0.05
vendredi=-0.31 versie=-0.24 version=-0.34 video=-2.03 vidéo=-0.28 vitrine=0.73 vom=-0.33 von=-0.18 vorbei=1.42
vorher=-0.42 votre=1.74 vous=0.11 vs=-0.64 w=0.18 wait=0.08 want=-0.93 wants=-1.87 war=0.24 was=-0.46 way=-0.44
way_to=-0.32 we'll=1 we've=2.18 we've_got=-0.12 we've_had=-2.16 we_are=0.39 we_don't=0.39 we_had=-0.96 we_have=-0.97
we_made=0.97 we_make=0.6 we_put=0.39 weather=1.08 web=-1.13 wednesday=-1.56 week=0.06 weeks=-0.98 wegen=0.19
well=-0.37 wenn=2.6 went=-2.05 wer=0.5 were=0.12 when=-0.17 which_is=0.28 who=0.11 who's=-0.3 why=0.53 wij=0.15
wil=-0.65 will=-0.2 will_be=-0.33 win=2.35 wind=0.86 winter=1.65 wir_das=-0.28 wish=0.86 with=-0.4 with_the=-0.58
with_you=-0.35 with_your=0.13 woche=-0.96 woman=2.12 won't_.=1.15 word_.=-0.21 works=-0.81 world=0.11 would=-0.97
writing=-0.23 wrong=-0.26 wrong_.=0.26 wrote=-1.03 x=-0.13 y=0.06 ya=0.09 year=0.35 year's=-0.55 years=2.04 yes=0.25
yesterday=0.24 yet=-0.17 you=0.38 you_,=0.14 you_all=-0.12 you_don't=0.06 your=1.76 your_own=-0.45 zdjęcie=-0.31
à_<number>=-0.15 às=0.31 è=0.17 über=-0.57 überall=-1.06
"""
"""For a post, against talk."""
