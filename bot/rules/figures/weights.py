"""What was learned from drafts beside fact sheets: benchmarks/figures.py writes it."""

SAME_THING = """
@always=0 about=0.56 agreeing=-0.56 apart=-3.83 asks=-0.33 bound-same=0.14 counted-other=-0.12 fits-ahead=1.55
in-clause=0.6 kind-age=-0.46 kind-count=-0.37 kind-duration=1.67 kind-money=-0.28 kind-percent=1.37 missing=-0.12
one-word=-0.2 other-days=-2.11 other-event=-1.1 other-name-beside=-2.64 other-size=-0.48 others=-0.22 passing=-0.11
per-same=0.22 shared-names=0.13 somewhere=-1.57 strange-name=-0.2 unsure-clause=-0.26
"""
"""A feature and its part in the logarithm of the odds that two figures are of the same thing."""
COMMON_WORDS = """
ab=0.6 accoun=0.6 ad=0.8 add=0.8 again=0.5 agenc=0.9 ago=0.9 agre=0.9 all=0.6 allow=0.9 along=0.9 alread=0.8 als=0.7
also=0.7 alt=0.7 announ=0.9 anothe=0.9 answer=0.6 ant=0.9 anyon=0.7 anyth=0.7 app=0.7 approv=0.7 arriv=0.8 ask=0.3
ate=0.8 auch=0.7 aus=0.7 avant=0.8 awa=0.8 bag=0.9 baker=0.8 bank=0.8 bed=0.9 behind=0.8 bel=0.9 best=0.6 better=0.7
betwee=0.7 big=0.7 bij=0.8 bik=0.7 bin=0.7 bio=0.8 bit=0.5 blu=0.8 board=0.7 bon=0.8 book=0.7 bos=0.8 bot=0.9
box=0.7 branch=0.9 brand=0.9 bread=0.9 break=0.8 bridg=0.9 bring=0.5 broken=0.8 budget=0.7 build=0.9 bus=0.6 buy=0.9
ca=0.8 caf=0.7 cak=0.7 cal=0.5 calend=0.8 cam=0.6 cancel=0.8 captio=0.6 car=0.6 card=0.7 carous=0.9 cas=0.8 ce=0.7
cet=0.9 chair=0.8 chang=0.5 channe=0.8 che=0.8 check=0.6 chees=0.8 chef=0.9 chi=0.8 childr=0.8 christ=0.8 clas=0.8
clean=0.9 clear=0.8 client=0.5 clinic=0.9 clos=0.5 club=0.8 cod=0.8 coffe=0.7 cold=0.8 collea=0.8 collec=0.8 com=0.6
commen=0.5 compan=0.8 compet=0.8 compla=0.8 confir=0.8 conten=0.9 contra=0.7 cop=0.8 correc=0.8 could=0.7 counci=0.8
count=0.7 cours=0.9 cover=0.8 crew=0.9 custom=0.5 cut=0.7 da=0.5 dal=0.8 dan=0.6 dank=0.8 das=0.9 dat=0.6 data=0.8
dein=0.8 delet=0.9 delive=0.8 desd=0.9 desk=0.8 di=0.7 direct=0.7 dit=0.8 dog=0.7 doing=0.9 don=0.7 door=0.6
draft=0.7 driv=0.8 driver=0.8 drop=0.7 dry=0.8 due=0.8 earl=0.8 eat=0.9 een=0.6 ell=0.9 els=0.8 em=0.8 embarg=0.9
emoji=0.7 empt=0.9 end=0.6 enough=0.9 entr=0.8 er=0.7 erst=0.8 esta=0.7 euro=0.6 even=0.5 ever=0.8 everyb=0.9
everyt=0.6 exampl=0.8 fair=0.7 fait=0.8 famil=0.8 fb=0.8 feedba=0.8 fer=0.8 figur=0.9 fil=0.7 film=0.8 fin=0.6
final=0.7 find=0.7 finish=0.9 fir=0.8 first=0.3 fit=0.9 fix=0.7 flat=0.9 flood=0.9 foi=0.8 folder=0.9 follow=0.6
food=0.9 form=0.8 foto=0.7 found=0.7 fre=0.5 fridg=0.9 friend=0.9 ful=0.7 fun=0.8 garden=0.8 gat=0.8 geht=0.8
gester=0.9 get=0.9 gibt=0.9 glas=0.9 go=0.5 goat=0.9 goe=0.6 going=0.7 gon=0.7 good=0.5 great=0.9 green=0.8 gut=0.9
guy=0.9 ha=0.6 hab=0.7 haben=0.6 hal=0.6 half=0.5 hand=0.6 hap=0.7 happen=0.9 hashta=0.7 hasta=0.8 hat=0.5 hay=0.8
head=0.7 headli=0.8 hear=0.8 heat=0.8 heeft=0.9 help=0.7 het=0.7 heut=0.6 hier=0.8 hold=0.8 holida=0.8 hom=0.6
honest=0.8 hospit=0.8 hous=0.9 how=0.6 hoy=0.8 http=0.8 ich=0.5 idea=0.8 ig=0.9 ihr=0.7 ik=0.8 il=0.4 includ=0.8
inform=0.9 insta=0.8 instea=0.7 intern=0.7 ja=0.8 je=0.5 jetzt=0.7 job=0.7 join=0.8 jok=0.8 kan=0.8 keep=0.7
kein=0.7 kept=0.9 kid=0.7 kind=0.8 kitche=0.7 know=0.9 kommen=0.7 kommt=0.8 konnen=0.9 last=0.3 lat=0.7 laugh=0.8
leak=0.9 learn=0.8 leav=0.6 left=0.6 legal=0.7 let=0.6 letter=0.8 librar=0.8 lift=0.8 light=0.9 lik=0.3 lin=0.5
link=0.6 linked=0.7 list=0.8 liv=0.6 logo=0.7 long=0.6 longer=0.8 look=0.5 lost=0.7 lot=0.8 lov=0.7 low=0.9
lunch=0.7 ma=0.8 machin=0.7 mad=0.6 mail=0.7 mak=0.6 mal=0.8 man=0.6 manage=0.7 manana=0.8 map=0.9 market=0.8
mayb=0.8 mayor=0.9 me=0.3 meet=0.7 mehr=0.8 mein=0.9 mem=0.9 mentio=0.9 merci=0.9 messag=0.9 met=0.7 mi=0.7
midnig=0.9 mil=0.8 millio=0.9 mind=0.9 minist=0.8 mir=0.8 mis=0.7 moment=0.9 mone=0.8 morgen=0.7 morn=0.5 mostl=0.9
mov=0.6 much=0.8 museum=0.8 music=0.8 must=0.9 my=0.4 na=0.6 nach=0.8 nam=0.5 nao=0.8 need=0.4 neighb=0.8 neu=0.8
never=0.6 new=0.3 newsle=0.9 next=0.6 nic=0.9 nicht=0.5 nie=0.9 niet=0.9 night=0.4 nobod=0.5 non=0.6 noon=0.6
nos=0.6 not=0.7 noth=0.6 notic=0.8 notr=0.8 nou=0.6 number=0.5 nurs=0.8 offic=0.6 ohn=0.8 ok=0.6 oka=0.8 old=0.5
onc=0.7 one=0.7 onlin=0.8 op=0.7 open=0.3 order=0.7 os=0.8 other=0.7 outsid=0.9 own=0.6 pag=0.6 paid=0.9 paper=0.8
parcel=0.9 parent=0.8 park=0.7 part=0.7 pas=0.7 patien=0.8 peopl=0.4 pero=0.9 person=0.6 phon=0.6 photo=0.6 pic=0.8
pick=0.8 pictur=0.5 plac=0.7 plan=0.6 plant=0.7 pls=0.8 plu=0.7 point=0.7 pol=0.8 pool=0.9 post=0.2 pres=0.8
print=0.9 printe=0.9 produc=0.7 progra=0.8 promis=0.8 public=0.7 push=0.8 put=0.6 questi=0.6 qui=0.7 quick=0.8
quien=0.8 quiet=0.9 quot=0.8 rain=0.7 rang=0.9 rather=0.9 rau=0.9 reach=0.8 read=0.4 real=0.7 reason=0.9 red=0.9
reel=0.7 refund=0.9 repair=0.8 repl=0.7 report=0.7 rest=0.7 result=0.9 return=0.9 review=0.9 right=0.6 ring=0.7
road=0.8 rol=0.9 roof=0.7 room=0.6 round=0.8 rul=0.9 run=0.6 sabado=0.9 said=0.6 sal=0.7 sam=0.6 samedi=0.9 san=0.9
sav=0.7 say=0.3 schedu=0.7 school=0.6 screen=0.8 season=0.8 seat=0.8 second=0.5 see=0.6 seen=0.8 seit=0.8 sel=0.9
sem=0.9 send=0.7 sent=0.7 senten=0.8 servic=0.8 set=0.9 shar=0.7 sheet=0.8 shift=0.8 ship=0.9 shoot=0.8 shop=0.6
short=0.7 should=0.6 show=0.6 si=0.6 sich=0.9 sid=0.9 sie=0.6 sign=0.6 silenc=0.9 sin=0.7 singl=0.8 sit=0.7 siz=0.8
sleep=0.8 slid=0.7 slot=0.8 smal=0.7 smel=0.8 sofa=0.8 sold=0.8 solo=0.8 somebo=0.7 someon=0.6 someth=0.7 somewh=0.9
sor=0.6 sound=0.7 soup=0.8 spr=0.8 squar=0.9 sta=0.7 staf=0.8 stand=0.7 star=0.9 stat=0.8 statio=0.7 stay=0.8
steht=0.8 step=0.8 stock=0.9 stop=0.6 stor=0.5 street=0.7 strik=0.9 stuck=0.9 summer=0.8 swap=0.8 swim=0.9 tabl=0.8
taken=0.8 talk=0.7 te=0.7 tea=0.8 team=0.5 tel=0.6 telefo=0.9 term=0.9 termin=0.9 test=0.7 text=0.5 th=0.6 thank=0.4
thing=0.6 think=0.7 third=0.7 though=0.7 thread=0.7 ticket=0.6 tiktok=0.8 tim=0.4 todo=0.8 told=0.7 ton=0.7 too=0.5
took=0.7 top=0.8 touch=0.9 tout=0.7 town=0.7 train=0.7 tram=0.8 transl=0.8 tre=0.8 tri=0.9 tu=0.6 turn=0.6 twic=0.7
uhr=0.6 um=0.6 una=0.7 uns=0.7 unser=0.6 updat=0.7 use=0.5 used=0.8 usual=0.9 uur=0.9 va=0.8 van=0.6 ver=0.7
versio=0.6 video=0.6 view=0.8 visit=0.9 voic=0.9 volunt=0.9 vom=0.8 voor=0.8 vor=0.8 vot=0.7 votr=0.8 vou=0.6
wait=0.6 walk=0.8 want=0.4 warm=0.8 watch=0.9 water=0.7 way=0.8 weathe=0.9 wed=0.8 weeken=0.7 weg=0.9 wel=0.7
welcom=0.8 wen=0.8 went=0.7 wer=0.8 whethe=0.8 whoeve=0.9 whol=0.8 why=0.6 wie=0.8 wieder=0.8 wij=0.9 wil=0.4
win=0.8 window=0.8 winter=0.7 wir=0.4 wird=0.9 withou=0.6 word=0.5 work=0.5 would=0.6 writ=0.7 writte=0.9 wrong=0.7
wrot=0.7 ya=0.7 yester=0.7 yet=0.9 zero=0.9 zum=0.8
"""
"""Words of many posts, shortened as they are compared, and how much each tells in relation to a rare one."""
