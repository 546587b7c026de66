"""Pretrain the mini networks on free photographs:  python -m data_scripts pretrain [NAME ...]"""
