"""What was learned from drafts beside fact sheets: benchmarks/figures.py writes it."""

SAME_THING = """
@always=-0.64 about=0.26 agrees=1.13 agrees-count=-0.76 agrees-date=-0.23 agrees-duration=-1.23 agrees-money=1.91
agrees-percent=0.42 agrees-time=0.82 apart=-4.66 asks=-0.9 beside-known=-0.5 beside-unknown=-0.86 bound-same=0.78
counted-other=-0.62 counted-same=0.59 covered=1.38 dated=-2.21 early=-1.85 extra-event=-0.66 extra-size=-1.5
extra-trip=-0.05 extra-way=-1.3 extra-which=-0.68 extra-who=-1.13 familiar=1.29 far=-3.3 few-of-kind=1.68
figures=-0.45 in-clause=0.33 in-sentence=0.05 kind-age=-0.5 kind-count=-0.25 kind-date=-0.22 kind-duration=1.54
kind-length=-0.55 kind-money=-0.92 kind-percent=0.46 kind-time=0.99 kind-unit=-0.6 kind-volume=-1 kind-weight=1.04
known=-2.41 missing=-0.1 missing-trip=-0.22 missing-way=-0.31 missing-when=-1.24 missing-which=-0.24
missing-who=-0.36 of-best=1.72 one-word=-0.79 other-days=-1.36 other-name-beside=-0.12 other-size=-1.03
other-years=-1.6 others=-2.44 passing=-0.21 per-other=-0.31 same-event=0.24 same-way=1.06 same-which=0.46
same-who=0.36 somewhere=-0.14 strange-name=-0.99 unsure=-1.12
"""
"""A feature and its part in the logarithm of the odds that a fact is meant, and not none."""
COMMON_WORDS = """
ACCOUNT=0.5 AFTERNOON=0.8 AGE=0.8 APP=0.7 APPLY=0.7 ARRIVE=0.7 AUTUMN=0.9 AVERAGE=0.9 BAG=0.8 BAKE=0.9 BED=0.8
BEER=0.9 BIKE=0.6 BLANKET=0.9 BOARD=0.7 BOAT=0.6 BOOK=0.6 BOTTLE=0.9 BOX=0.7 BREAD=0.7 BUILT=0.5 BUS=0.5
BUSINESS=0.7 CAKE=0.7 CAMP=0.8 CANCEL=0.9 CANDLE=0.8 CAR=0.6 CARRY=0.4 CAT=0.8 CHANGE=0.5 CHILD=0.5 CHIPS=0.9
CHRISTMAS=0.7 CINEMA=0.5 CITY=0.7 CLASS=0.5 CLOSE=0.4 COFFEE=0.5 COOL=0.6 COURSE=0.8 CUSTOMER=0.4 DEGREE=0.8
DELIVER=0.2 DEPART=0.5 DISCOUNT=0.6 DOG=0.6 DOOR=0.8 DOUBLE=0.8 EARN=0.9 EMPLOY=0.6 END=0.4 ENTER=0.7 EVENING=0.5
EXAM=0.6 FAMILY=0.7 FARM=0.9 FEE=0.8 FIRST=0.3 FOUNDED=0.3 FREE=0.3 FRIEND=0.8 GARDEN=0.8 GIFT=0.9 GROUP=0.6
GROW=0.7 GUEST=0.9 HALF=0.5 HOLIDAY=0.8 HOME=0.5 INTEREST=0.7 JACKET=0.8 KEEP=0.4 KITCHEN=0.7 LARGE=0.7 LARGEST=0.7
LAST=0.3 LAUNCH=0.8 LIFT=0.8 LONG=0.5 LUNCH=0.6 MAIL=0.6 MAKE=0.4 MAXIMUM=0.8 MENU=0.9 MINIMUM=0.8 MORNING=0.4
MUSEUM=0.8 NEXT=0.5 NIGHT=0.4 NIGHTOUT=0.6 NOTICE=0.7 OLDEST=0.8 ONLINE=0.6 OPEN=0.3 ORDER=0.6 PARCEL=0.7 PARENT=0.7
PARKING=0.7 PAUSE=0.8 PAY=0.7 PHONE=0.3 PHOTO=0.3 PLAN=0.6 PLANT=0.6 POOL=0.7 POWER=0.8 PRICE=0.6 PRINT=0.9
PROFIT=0.7 QUESTION=0.6 REACH=0.7 READY=0.4 REFUND=0.8 REGISTER=0.8 RENT=0.7 REPAIR=0.6 REPLY=0.4 RESIDENT=0.8
REST=0.7 RETURN=0.6 RIDER=0.8 RIVER=0.9 ROAD=0.8 ROOM=0.6 SERVE=0.6 SHARED=0.7 SHOP=0.3 SINGLE=0.7 SMALL=0.6
SPRING=0.7 STAFF=0.5 STANDARD=0.9 START=0.7 STUDENT=0.7 SUMMER=0.7 SUPPORT=0.7 TABLE=0.7 TAKEAWAY=0.8 TALL=0.9
TEA=0.8 TEACHER=0.8 TEAM=0.3 TICKET=0.4 TOUR=0.7 TRACK=0.8 TRAIN=0.6 TRIAL=0.8 USER=0.7 VACCINE=0.8 VIDEO=0.6
VOLUNTEER=0.9 WAIT=0.5 WALL=0.8 WASH=0.7 WATER=0.6 WEDDING=0.8 WEEKEND=0.5 WIN=0.6 WINTER=0.7 ab=0.6 ad=0.8 add=0.8
again=0.5 agenc=0.9 ago=0.9 agre=0.9 all=0.6 allow=0.9 along=0.9 alread=0.8 als=0.7 also=0.7 alt=0.7 announ=0.9
anothe=0.9 ant=0.9 anyon=0.7 anyth=0.7 approv=0.7 ask=0.3 ate=0.8 auch=0.7 aus=0.7 avant=0.8 awa=0.8 baker=0.8
bank=0.8 behind=0.8 bel=0.9 best=0.6 better=0.7 betwee=0.7 bij=0.8 bin=0.7 bio=0.8 bit=0.5 blu=0.8 bon=0.8 bos=0.8
bot=0.9 brand=0.9 break=0.8 bridg=0.9 bring=0.5 broken=0.8 budget=0.7 buy=0.9 ca=0.8 calend=0.8 cam=0.6 captio=0.6
card=0.7 carous=0.9 cas=0.8 ce=0.7 cet=0.9 chair=0.8 channe=0.8 che=0.8 check=0.6 chees=0.8 chef=0.9 chi=0.8
clear=0.8 clinic=0.9 club=0.8 cod=0.8 cold=0.8 com=0.6 commen=0.5 compet=0.8 compla=0.8 confir=0.8 conten=0.9
contra=0.7 cop=0.8 correc=0.8 could=0.7 counci=0.8 count=0.7 cover=0.8 cut=0.7 da=0.5 dal=0.8 dan=0.6 dank=0.8
das=0.9 data=0.8 dein=0.8 delet=0.9 desk=0.8 di=0.7 direct=0.7 dit=0.8 doing=0.9 don=0.7 door=0.6 draft=0.7 driv=0.8
drop=0.7 dry=0.8 due=0.8 earl=0.8 eat=0.9 een=0.6 ell=0.9 els=0.8 em=0.8 embarg=0.9 emoji=0.7 empt=0.9 enough=0.9
er=0.7 esta=0.7 euro=0.6 ever=0.8 everyb=0.9 everyt=0.6 exampl=0.8 fair=0.7 fait=0.8 fb=0.8 feedba=0.8 figur=0.9
fil=0.7 fir=0.8 flood=0.9 foi=0.8 folder=0.9 follow=0.7 food=0.9 form=0.8 fridg=0.9 ful=0.7 fun=0.8 geht=0.8
gester=0.9 get=0.9 gibt=0.9 glas=0.9 go=0.5 goat=0.9 goe=0.6 going=0.7 gon=0.7 good=0.5 great=0.9 green=0.8 gut=0.9
guy=0.9 ha=0.6 hab=0.7 haben=0.6 hal=0.6 hand=0.6 hap=0.7 happen=0.9 hashta=0.7 hasta=0.8 hat=0.5 hay=0.8 head=0.7
headli=0.8 hear=0.8 heat=0.8 heeft=0.9 help=0.7 het=0.7 heut=0.6 hier=0.8 honest=0.8 hospit=0.8 how=0.6 hoy=0.8
http=0.8 ich=0.5 idea=0.8 ig=0.9 ihr=0.7 ik=0.8 il=0.4 includ=0.8 inform=0.9 insta=0.8 instea=0.7 intern=0.8 ja=0.8
je=0.5 jetzt=0.7 join=0.8 jok=0.8 kan=0.8 kein=0.7 kind=0.8 know=0.9 kommen=0.7 kommt=0.8 konnen=0.9 lat=0.7
laugh=0.8 leak=0.9 learn=0.8 left=0.6 legal=0.7 let=0.6 letter=0.8 librar=0.8 light=0.9 lik=0.3 lin=0.5 link=0.6
linked=0.7 list=0.8 liv=0.6 logo=0.7 longer=0.8 look=0.5 lost=0.7 lot=0.8 lov=0.7 low=0.9 ma=0.8 machin=0.7 mal=0.8
man=0.6 manage=0.7 map=0.9 market=0.8 mayb=0.8 me=0.3 meet=0.7 mehr=0.8 mein=0.9 mem=0.9 mentio=0.9 merci=0.9
messag=0.9 met=0.7 mi=0.7 midnig=0.9 millio=0.9 mind=0.9 minist=0.8 mir=0.8 mis=0.7 moment=0.9 mone=0.8 mostl=0.9
much=0.8 music=0.8 must=0.9 my=0.4 na=0.6 nach=0.8 nam=0.5 nao=0.8 need=0.4 neighb=0.8 neu=0.8 never=0.6 new=0.3
newsle=0.9 nic=0.9 nicht=0.5 nie=0.9 niet=0.9 nobod=0.5 non=0.6 noon=0.6 nos=0.6 not=0.7 notr=0.8 nou=0.6 number=0.5
nurs=0.8 offic=0.6 ohn=0.8 ok=0.6 oka=0.8 old=0.5 onc=0.7 one=0.7 op=0.7 os=0.8 other=0.7 outsid=0.9 own=0.6 pag=0.6
paper=0.8 patien=0.8 pero=0.9 pic=0.8 pls=0.8 plu=0.7 point=0.7 pol=0.8 pres=0.8 produc=0.7 progra=0.8 promis=0.8
public=0.7 push=0.8 put=0.6 qui=0.7 quick=0.8 quien=0.8 quot=0.8 rain=0.7 rang=0.9 rather=0.9 rau=0.9 real=0.7
reason=0.9 red=0.9 reel=0.7 report=0.7 result=0.9 review=0.9 right=0.6 ring=0.7 road=0.8 rol=0.9 roof=0.7 round=0.8
rul=0.9 run=0.6 sabado=0.9 said=0.6 sam=0.6 samedi=0.9 san=0.9 say=0.3 schedu=0.7 school=0.6 screen=0.9 season=0.8
second=0.5 see=0.6 seen=0.8 sel=0.9 sem=0.9 send=0.7 sent=0.7 senten=0.8 set=0.9 sheet=0.8 shift=0.8 shoot=0.8
short=0.7 should=0.6 si=0.6 sich=0.9 sid=0.9 sie=0.6 sign=0.6 sin=0.7 sit=0.7 siz=0.8 sleep=0.8 slid=0.7 slot=0.8
smel=0.8 sofa=0.8 sold=0.8 solo=0.8 somebo=0.7 someon=0.6 someth=0.7 somewh=0.9 sor=0.6 sound=0.7 soup=0.8 squar=0.9
stand=0.7 star=0.9 stat=0.8 statio=0.7 steht=0.8 step=0.8 stock=0.9 stop=0.6 street=0.7 strik=0.9 stuck=0.9
taken=0.8 talk=0.7 te=0.7 team=0.5 tel=0.6 term=0.9 text=0.5 th=0.6 thank=0.4 thing=0.6 think=0.7 third=0.7
though=0.7 thread=0.7 tiktok=0.8 tim=0.4 todo=0.8 told=0.7 ton=0.7 too=0.5 took=0.7 top=0.8 touch=0.9 tout=0.7
tram=0.8 transl=0.8 tri=0.9 tu=0.6 turn=0.6 twic=0.7 uhr=0.6 um=0.6 una=0.7 uns=0.7 unser=0.6 updat=0.7 use=0.5
used=0.8 usual=0.9 uur=0.9 va=0.8 ver=0.7 versio=0.6 view=0.8 voic=0.9 vom=0.8 voor=0.8 vor=0.8 vot=0.7 votr=0.8
vou=0.6 walk=0.8 want=0.4 warm=0.8 watch=0.9 way=0.8 weathe=0.9 weg=0.9 wel=0.7 welcom=0.8 wen=0.8 went=0.7 wer=0.8
whethe=0.8 whoeve=0.9 whol=0.8 why=0.6 wie=0.8 wieder=0.8 wij=0.9 wil=0.4 window=0.8 wir=0.4 wird=0.9 withou=0.6
word=0.5 work=0.5 would=0.6 writ=0.7 writte=0.9 wrong=0.7 wrot=0.7 ya=0.7 yester=0.7 yet=0.9 zum=0.8
"""
"""Words of many posts, shortened as they are compared, and how much each tells in relation to a rare one."""
