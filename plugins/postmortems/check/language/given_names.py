"""Given names, so that *Alice* is a person and *Prometheus* is not.

Left out are names that are also words (Mark, Grace, Will), places and regions (Virginia, Sydney) or well-known
software (Hugo, Jenkins, Julia, Ruby, Travis). Names of a postmortem's own authors are added where it is read.
"""

from __future__ import annotations

from postmortems.check.language.function_words import word_list

GIVEN_NAMES = word_list(
    """
    aaron abdul abdullah abigail adam adrian agnes ahmed aisha akira alan albert alberto alejandro alessandro alex
    alexander alexandra alexei alfred ali alice alicia alina amanda amelia amina amir amit amy ana anastasia anders
    andrea andreas andrei andrew andy angela anita anja anjali ankit ann anna anne annie anthony antoine anton antonio
    anya arjun arnold arthur arun astrid barbara beatrice ben benjamin bernard bernd beth bianca bilal birgit bjorn bob
    boris brandon brenda brian bruno bryan caitlin camila carla carlos carmen carol caroline catherine cecilia
    charles charlie chen chiara chris christina christine christopher claudia colin connor cynthia daniel
    daniela danny dave david deborah deepak denise dennis diana diego dimitri dmitri dmitry dominic donald dorothy doug
    douglas edward eduardo eileen elena eleni elias elisa elizabeth ella ellen emil emily emma emre enrique eric erica
    erik erika esther ethan eva evelyn fabian fatima fernando fiona florian francesca francesco francis francois
    fred frederic friedrich gabriel gabriela gareth gary geoff george gerald gerard giovanni giulia gordon greg gregory
    greta guillaume gustavo hannah hans harald harold harry hassan heather heidi heike helen helena helga henrik henry
    hiroshi holger ian ibrahim igor ines inga ingrid irene isabel isabella ivan jack jacob jacques jake james jamie
    jan jana jane janet jason javier jean jeff jeffrey jen jennifer jens jeremy jerome jessica jill jim joan joao joe
    joel johan johann johannes john jonas jonathan jorge jose josef joseph josh joshua juan judith judy julian
    juliane julie jun jurgen justin kai karen karim karin karl kate katharina katherine kathleen kathy katja katrin kay
    keith kelly kenneth kenta kevin khalid kim kirsten klaus kristen kristina kumar lars laura lauren laurent leah lena
    leo leon leonard leonardo leonie lewis liam lin linda lisa liz lorenzo louis louise luca lucas lucia lucy luis luisa
    lukas luke mahmoud manfred manuel marc marcel marco marcos marcus margaret maria marian marie marina mario marion
    marta martha martin martina mary mateo mathias mathieu matt matteo matthew matthias maurice mehmet mei mel
    melanie melissa michael michal michel michelle miguel mika mike mikhail mila mohamed mohammed monica monika
    muhammad mustafa nadia nadine nancy naomi natalia natalie natasha neha neil nicholas nick nicola nicolas nicole
    niklas nikolai nils nina noah nora norbert olaf oleg olga oliver olivia omar oskar owen pablo paolo patricia patrick
    paul paula paulo pavel pedro peter petra philip philipp philippe pierre piotr pooja priya rachel rafael raj
    rajesh ralf ralph ramesh raphael raul rebecca renate renee ricardo richard rita robert roberto roger rohan
    roland roman ronald rosa ross ruth ryan sabine sally sam samantha samir samuel sandeep sandra sanjay sara
    sarah saskia sasha satoshi scott sean sebastien selena serge sergei sergey sergio shane shannon sharon shreya silke
    silvia simon simone sofia sophia sophie stefan stefanie stephan stephanie stephen steve steven stuart sunil susan
    susanne suzanne sven svetlana takashi tamara tanja tanya tatiana ted teresa theo theodore theresa thomas thorsten
    tim timothy tina tobias todd tom tomas tomasz tony tracy ulrich ulrike ursula uwe valentina valerie vanessa vera
    veronica vijay vikram vincent viktor vladimir walter wang wei wendy werner wilhelm william wolfgang xavier yan
    yasmin yuki yuri yusuf yves yvonne zhang zoe
    """
)
